// The page's style and script, from the files beside this one: the build puts them in (cmake/assets.cmake).
#pragma once

#include <string_view>

namespace heddle::html {

extern const std::string_view style;
extern const std::string_view script;

}  // namespace heddle::html
