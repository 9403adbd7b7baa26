// Every reduction is a copy of the program with one change. Names are dropped with all that mentions them,
// for a program in which a name is missing makes no sense.
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include <heddle/programs/mentions.hpp>
#include <heddle/programs/reduction.hpp>

namespace heddle::programs {
namespace {

using Operations = std::vector<Operation>;

std::size_t count_of(const Operations& operations) {
  std::size_t count = operations.size();
  for (const Operation& operation : operations) count += count_of(operation.block);
  return count;
}

/// Scripts' and operations' blocks, each before those that stand in it.
void gather(Operations& block, std::vector<Operations*>& blocks) {
  blocks.push_back(&block);
  for (Operation& operation : block)
    if (has_block(operation.form)) gather(operation.block, blocks);
}
std::vector<Operations*> blocks_of(Program& program) {
  std::vector<Operations*> blocks;
  for (Script& script : program.scripts) gather(script.operations, blocks);
  return blocks;
}

void drop_name(Program& program, const std::string& name) {
  // From the back: a block in one that is dropped is gone with it.
  const std::vector<Operations*> blocks = blocks_of(program);
  for (auto block = blocks.rbegin(); block != blocks.rend(); ++block)
    std::erase_if(**block, [&](const Operation& each) { return mentions(each, name); });
  std::erase_if(program.histories, [&](const HistoryExpectation& each) { return each.object == name; });
  const auto makes = [&](const ObjectDeclaration& each) { return mentions(each, name); };
  while (true) {  // what is made of it goes too
    const auto made = std::ranges::find_if(program.objects, makes);
    if (made == program.objects.end()) return;
    const std::vector<std::string> names = made->names;
    program.objects.erase(made);
    for (const std::string& each : names) drop_name(program, each);
  }
}

/// Halves the way to 0; a list loses its last item.
bool lower(Payload& payload) {
  if (auto* const number = std::get_if<std::int64_t>(&payload.kind)) {
    if (*number == 0) return false;
    *number /= 2;
    return true;
  }
  auto* const list = std::get_if<List>(&payload.kind);
  if (list == nullptr || list->items.empty()) return false;
  list->items.pop_back();
  return true;
}
// A deadline is no size: with less time the program asks for something else.
bool lower(Argument& argument) {
  if (argument.keyword == "timeout") return false;
  auto* const payload = std::get_if<Payload>(&argument.term);
  return payload != nullptr && lower(*payload);
}

class Reducing {
 public:
  explicit Reducing(const Program& program) : program_(program) {}

  std::vector<Program> all() && {
    drop_scripts();
    drop_objects();
    drop_operations();
    change_operations(&unwrap);
    change_operations(&drop_result);
    lower_copies();
    change_operations(&drop_expectation);
    lower_numbers();
    return std::move(made_);
  }

 private:
  void drop_scripts() {
    for (const Script& script : program_.scripts) {
      if (script.name == "main") continue;
      Program less = program_;
      std::erase_if(less.scripts, [&](const Script& each) { return each.name == script.name; });
      drop_name(less, script.name);
      made_.push_back(std::move(less));
    }
  }

  void drop_objects() {
    for (const ObjectDeclaration& object : program_.objects) {
      Program less = program_;
      std::erase_if(less.objects, [&](const ObjectDeclaration& each) { return each.names == object.names; });
      for (const std::string& name : object.names) drop_name(less, name);
      made_.push_back(std::move(less));
    }
  }

  /// Halves, quarters and so on down to one, from the end: what comes late depends on what comes early.
  void drop_operations() {
    Program whole = program_;
    const std::vector<Operations*> blocks = blocks_of(whole);
    for (std::size_t block = 0; block < blocks.size(); ++block)
      for (std::size_t chunk = (blocks[block]->size() + 1) / 2; chunk > 0; chunk /= 2)
        for (std::size_t end = blocks[block]->size(); end > 0; end -= std::min(end, chunk)) {
          Program less = program_;
          Operations& from = *blocks_of(less)[block];
          const auto last = from.begin() + static_cast<std::ptrdiff_t>(end);
          from.erase(last - static_cast<std::ptrdiff_t>(std::min(end, chunk)), last);
          made_.push_back(std::move(less));
        }
  }

  /// Each operation of each block once, wherever `change` says that it could.
  void change_operations(bool (*change)(Operations& block, std::size_t at)) {
    Program whole = program_;
    const std::vector<Operations*> blocks = blocks_of(whole);
    for (std::size_t block = 0; block < blocks.size(); ++block)
      for (std::size_t at = 0; at < blocks[block]->size(); ++at) {
        Program less = program_;
        if (change(*blocks_of(less)[block], at)) made_.push_back(std::move(less));
      }
  }

  static bool unwrap(Operations& block, std::size_t at) {
    if (!has_block(block[at].form)) return false;
    Operations inner = std::move(block[at].block);
    const auto place = block.erase(block.begin() + static_cast<std::ptrdiff_t>(at));
    block.insert(place, std::make_move_iterator(inner.begin()), std::make_move_iterator(inner.end()));
    return true;
  }

  static bool drop_result(Operations& block, std::size_t at) {
    const std::string name = block[at].binding;
    if (name.empty() || has_block(block[at].form)) return false;
    std::erase_if(block, [&](const Operation& each) { return each.binding == name || mentions(each, name); });
    return true;
  }

  static bool drop_expectation(Operations& block, std::size_t at) {
    return std::exchange(block[at].expectation, {}) != Expectation{};
  }

  void lower_copies() {
    for (std::size_t at = 0; at < program_.scripts.size(); ++at) {
      if (program_.scripts[at].copies < 2) continue;
      Program less = program_;
      --less.scripts[at].copies;
      made_.push_back(std::move(less));
    }
  }

  void lower_numbers() {
    for (std::size_t object = 0; object < program_.objects.size(); ++object)
      for (std::size_t at = 0; at < program_.objects[object].arguments.size(); ++at) {
        Program less = program_;
        if (lower(less.objects[object].arguments[at])) made_.push_back(std::move(less));
      }
    Program whole = program_;
    const std::vector<Operations*> blocks = blocks_of(whole);
    for (std::size_t block = 0; block < blocks.size(); ++block)
      for (std::size_t operation = 0; operation < blocks[block]->size(); ++operation)
        for (std::size_t at = 0; at < (*blocks[block])[operation].arguments.size(); ++at) {
          Program less = program_;
          if (lower((*blocks_of(less)[block])[operation].arguments[at])) made_.push_back(std::move(less));
        }
  }

  const Program& program_;
  std::vector<Program> made_;
};

void number(Operations& operations, std::uint32_t& uid) {
  for (Operation& operation : operations) {
    operation.uid = ++uid;
    number(operation.block, uid);
  }
}

bool is_mentioned(const Program& program, const std::string& name) {
  const auto by_name = [&](const auto& each) { return mentions(each, name); };
  return std::ranges::any_of(program.objects, by_name) ||
         std::ranges::any_of(program.scripts, [&](const Script& each) {
           return std::ranges::any_of(each.operations, by_name);
         });
}

void drop_object(Program& program, std::size_t at) {
  const std::vector<std::string>& names = program.objects[at].names;
  std::erase_if(program.histories, [&](const HistoryExpectation& each) {
    return std::ranges::find(names, each.object) != names.end();
  });
  program.objects.erase(program.objects.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

std::vector<Program> reductions(const Program& program) { return Reducing(program).all(); }

std::size_t operations_in(const Program& program) {
  std::size_t count = 0;
  for (const Script& script : program.scripts) count += count_of(script.operations);
  return count;
}

Program numbered(Program program) {
  std::uint32_t uid = 0;
  for (Script& script : program.scripts) number(script.operations, uid);
  return program;
}

Program tidied(Program program) {
  // From the back: what only an object that goes mentions, goes too.
  for (std::size_t at = program.objects.size(); at-- > 0;)
    if (std::ranges::none_of(program.objects[at].names,
                             [&](const std::string& each) { return is_mentioned(program, each); }))
      drop_object(program, at);
  return numbered(std::move(program));
}

}  // namespace heddle::programs
