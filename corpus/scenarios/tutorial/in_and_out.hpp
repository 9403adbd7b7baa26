// The program behind ten-in-ten-out and three-in-three-out: so many processes put one item each into a
// Queue(3), as many get one each, and all are joined.
#pragma once

namespace heddle::tutorial {

void in_and_out(int count);

}  // namespace heddle::tutorial
