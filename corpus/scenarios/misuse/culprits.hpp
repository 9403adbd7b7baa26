// Who is to blame in the first plant of each rule: what the finding must be about, and a task with the call
// that was wrong or came to harm by it. One row a rule, in the order of the catalogue; messages_test.cpp
// holds the table complete and each finding to its row.
#pragma once

#include <array>
#include <string_view>

namespace heddle::misuse {

struct Culprit {
  std::string_view rule;
  std::string_view object;     // what was misused; empty: the program as a whole
  std::string_view who;        // one of the finding's parties; empty: nobody did anything
  std::string_view operation;  // and what that one did
};

inline constexpr std::array culprits{
    Culprit{"task-done-overflow", "orders", "clerk-2", "orders.task_done()"},
    Culprit{"task-done-missing", "rows", "writer", "rows.get()"},
    Culprit{"join-before-drain", "pages", "main", "worker-2.join()"},
    Culprit{"queue-use-after-close", "log", "worker", "log.put('ended')"},
    Culprit{"queue-items-lost", "results", "sensor", "results.put(1)"},
    Culprit{"queue-slot-leaked", "log", "job", "log.put(1)"},
    Culprit{"queue-holder-killed", "pictures", "main", "painter.terminate()"},
    Culprit{"sentinel-shortage", "items", "main", "items.put(None)"},
    Culprit{"stale-queue-check", "tasks", "worker-1", "tasks.empty()"},
    Culprit{"queue-order-assumed", "log", "main", "log.get()"},
    Culprit{"pipe-multi-reader", "jobs.receiver", "reader-2", "jobs.receiver.recv()"},
    Culprit{"pipe-multi-writer", "pages.sender", "worker-2",
            "pages.sender.send('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'... (40000 bytes))"},
    Culprit{"pipe-end-left-open", "reports.receiver", "main", "Pipe()"},
    Culprit{"pipe-peer-closed", "jobs.sender", "main", "jobs.sender.send(2)"},
    Culprit{"pipe-use-after-close", "orders.sender", "main", "orders.sender.send('stop')"},
    Culprit{"pipe-wrong-direction", "numbers.receiver", "producer", "numbers.receiver.send(0)"},
    Culprit{"pipe-both-sending", "server", "main",
            "server.send('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'... (100000 bytes))"},
    Culprit{"pipe-message-too-long", "names.receiver", "guest",
            "names.sender.send(b'J\\xc3\\xbcrgen-\\xc3\\x96')"},
    Culprit{"connection-refused-key", "door", "caller",
            "server.connect('$TMPDIR/heddle-a3668a5ee1e7b8bb/listener')"},
    Culprit{"deadlock", "bob", "ann-to-bob", "bob.acquire()"},
    Culprit{"lock-order-inversion", "account", "auditor", "account.acquire()"},
    Culprit{"lock-self-deadlock", "lock", "closer", "lock.acquire()"},
    Culprit{"lock-orphaned", "lock", "worker-2", "lock.acquire()"},
    Culprit{"lock-over-release", "cache", "reader", "cache.release()"},
    Culprit{"lock-foreign-release", "gate", "loader", "gate.release()"},
    Culprit{"rlock-foreign-release", "lock", "second", "lock.release()"},
    Culprit{"semaphore-over-release", "places", "second", "places.release()"},
    Culprit{"lock-held-at-exit", "cache-lock", "cache", "cache-lock.acquire()"},
    Culprit{"lock-held-while-blocking", "log", "main", "results.get()"},
    Culprit{"condition-without-lock", "changed", "main/supplier", "changed.notify()"},
    Culprit{"condition-not-in-loop", "changed", "customer-2", "changed.wait()"},
    Culprit{"lost-wakeup", "sign", "follower", "sign.wait()"},
    Culprit{"notify-dead-waiter", "changed", "worker-1", "changed.wait()"},
    Culprit{"event-pulse-missed", "shot", "main", "shot.clear()"},
    Culprit{"barrier-short", "all-sorted", "first", "all-sorted.wait()"},
    Culprit{"barrier-broken", "start", "quick", "start.wait()"},
    Culprit{"unlocked-manager-update", "prices", "shop-2", "prices.store('pear': 4)"},
    Culprit{"unlocked-shared-value", "tickets", "office-3", "tickets.store(1)"},
    Culprit{"shared-memory-race", "shared-memory-1 of main", "lower", "shared-memory-1 of main.store(2, 16)"},
    Culprit{"torn-slice", "position", "radar", "position.load(0)"},
    Culprit{"manager-use-after-shutdown", "totals", "main", "totals.load('pears')"},
    Culprit{"process-start-twice", "download", "main", "download.start()"},
    Culprit{"join-before-start", "Process-3", "main", "Process-3.join()"},
    Culprit{"join-foreign-process", "sampler", "sampler", "sampler.join()"},
    Culprit{"daemon-after-start", "logger", "main", "logger.set_daemon()"},
    Culprit{"daemon-with-children", "painters", "renderer", "painters.start()"},
    Culprit{"terminated-mid-operation", "report.sender", "main", "analyst.terminate()"},
    Culprit{"daemon-work-lost", "letters", "mailer", "letters.get()"},
    Culprit{"pool-join-before-close", "scalers", "main", "scalers.join()"},
    Culprit{"pool-use-after-close", "pool", "main", "pool.imap_unordered()"},
    Culprit{"pool-result-unread", "video", "main", "uploaders.apply_async()"},
    Culprit{"pool-callback-raised", "voters", "main", "voters.apply_async()"},
    Culprit{"pool-callback-blocks", "async-result-1 of main", "main/callbacks",
            "async-result-1 of main.get()"},
    Culprit{"pool-worker-lost", "checkers", "main", "checkers.map()"},
    Culprit{"pool-not-closed", "cubers", "main", "cubers.terminate()"},
    Culprit{"sleep-as-synchronisation", "result", "main", "sleep()"},
    Culprit{"resource-leak", "shared-memory-1 of main", "main", "SharedMemory()"},
    Culprit{"crash", "waiter", "waiter", "dishes.get()"},
    Culprit{"assertion", "", "main", "assertion"},
    Culprit{"not-linearizable", "temperature", "main", "linearizable"},
    Culprit{"livelock", "ready", "main", "ready.is_set()"},
    Culprit{"vacuous", "", "", ""},
};

}  // namespace heddle::misuse
