// Standard output and error as a command needs them: buffered, with failures that end the command, colours and progress on
// terminals only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace brygga::command {

// Standard output took no more. Thrown through the formats' output callbacks, which return nothing, and caught by main only.
struct output_failure {
    int error_number{};
};

class standard_output {
 public:
    standard_output() = default;
    standard_output(const standard_output&) = delete;
    standard_output& operator=(const standard_output&) = delete;

    void write(std::string_view bytes);  // throws output_failure
    void flush();                        // likewise
    void send_to(int descriptor) noexcept { descriptor_ = descriptor; }

 private:
    std::string buffer_;
    int descriptor_ = 1;
};

// "1 file", "3 files".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view what);

// On a terminal that does not refuse colours (NO_COLOR, TERM=dumb).
[[nodiscard]] bool colours_wanted();

// "\rin.txt: 45 %" on standard error while a large file is read; silent when that is no terminal.
class progress {
 public:
    progress(std::string name, std::size_t size);
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    ~progress();
    void at(std::size_t offset);

 private:
    std::string name_;
    std::size_t size_;
    unsigned shown_percent_ = 101;
    bool visible_;
};

// Before anything else: no file that we open may become standard output by accident, a closed pipe is an error and no
// signal, the end of a child is told whatever our parent ignores, and a file that somebody shortens while we read it ends the
// program with a message.
void prepare_process();

// Names the file that is read from now on, for that message.
void reading(std::string_view name);

}  // namespace brygga::command
