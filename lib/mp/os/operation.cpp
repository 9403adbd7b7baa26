// What an operation tells when it begins and ends.
#include <mp/os/operation.hpp>

namespace mp {

void Operation::begin(Verb verb, ObjectKind kind, ObjectId object, Location where, ObjectId related) {
  const Acknowledgement told = os_.annotate({.kind = Annotation::Kind::begin,
                                             .object_kind = kind,
                                             .verb = verb,
                                             .object = object,
                                             .related = related,
                                             .where = where});
  stamp_ = told.stamp;
  wants_text_ = told.wants_text;
}

void Operation::end() {
  os_.annotate({.kind = Annotation::Kind::end,
                .succeeded = succeeded_,
                .number = number_,
                .text = text_ ? std::string_view(*text_) : std::string_view()});
}

}  // namespace mp
