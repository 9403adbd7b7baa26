// Pages fetched by the workers of a pool: each calls a local server by its address and asks for one page by
// name. The callback, in the process that made the pool, adds up how long they are.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>
#include <tuple>
#include <vector>

namespace heddle::tutorial {
namespace {

constexpr int pages = 2;

void serve(mp::Listener& listener) {
  for (int request = 0; request < pages; ++request) {
    mp::Connection connection = listener.accept();
    const auto name = connection.recv<std::string>();
    connection.send("the page " + name);
  }
}

std::string fetch(const std::string& address, const std::string& name) {
  mp::Connection connection = mp::Client(address);
  connection.send(name);
  return connection.recv<std::string>();
}

void body() {
  mp::Listener listener(mp::Address{}, {.backlog = pages, .name = "pages"});
  const auto address = std::get<std::string>(listener.address());
  mp::Process server(mp::fn<&serve>, mp::args(listener), {.name = "server"});
  server.start();

  std::size_t letters = 0;  // by one thread of the pool's; read once the pool has ended
  mp::Pool pool(2, {.name = "pool"});
  const std::vector<std::tuple<std::string, std::string>> wanted{{address, "a"}, {address, "bb"}};
  pool.starmap_async(mp::fn<&fetch>, wanted, 1, {.callback = [&](const std::vector<std::string>& bodies) {
                       for (const std::string& body : bodies) letters += body.size();
                     }});
  pool.close();
  pool.join();
  server.join();
  check(letters == std::string("the page athe page bb").size(), "each page counts once");
}

}  // namespace

Scenario callback_pages() {
  return {.name = "tutorial/callback-pages",
          .summary = "a pool fetches pages from a local server and a callback adds up their lengths",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
