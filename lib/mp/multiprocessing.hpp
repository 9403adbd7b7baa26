// Everything that programs use of Python's multiprocessing, in one include. Who uses little includes less.
#pragma once

#include <mp/channel/connection.hpp>
#include <mp/channel/pipe.hpp>
#include <mp/channel/wait.hpp>
#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/manager/manager.hpp>
#include <mp/process/authentication_key.hpp>
#include <mp/process/current_process.hpp>
#include <mp/process/process.hpp>
#include <mp/process/process_class.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/joinable_queue.hpp>
#include <mp/queue/queue.hpp>
#include <mp/shared/array.hpp>
#include <mp/shared/shareable_list.hpp>
#include <mp/shared/shared_memory.hpp>
#include <mp/shared/value.hpp>
#include <mp/sync/bounded_semaphore.hpp>
#include <mp/sync/condition.hpp>
#include <mp/sync/event.hpp>
#include <mp/sync/lock.hpp>
#include <mp/sync/semaphore.hpp>
#include <mp/sync/with.hpp>
