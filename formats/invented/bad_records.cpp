#include "formats/invented/bad_records.hpp"

namespace brygga::invented {

void put_tab(std::string& bytes, std::size_t line, std::size_t width) {
    constexpr std::size_t stop = 8;
    for (std::size_t end = width; end != 0; end -= stop) {
        std::size_t blanks = 0;
        while (blanks != stop && bytes[line + end - blanks - 1] == ' ')
            ++blanks;
        if (blanks == 0) continue;
        bytes.replace(line + end - blanks, blanks, "\t");
        return;
    }
}

}  // namespace brygga::invented
