#include "formats/inspection/differences.hpp"

namespace brygga::inspection {

namespace {

constexpr std::size_t pairing_reach = 16;

// Records that only one side has, between two that both have.
class gap {
 public:
    gap(difference_listener& to, std::size_t before_end, std::size_t after_end) noexcept
        : to_(&to), before_end_(before_end), after_end_(after_end) {}

    void tell(std::size_t before, std::size_t after) {
        while (before != before_end_ || after != after_end_) {
            if (before == before_end_) {
                to_->only_after(after++);
            } else if (after == after_end_) {
                to_->only_before(before++);
            } else if (to_->code_before(before) == to_->code_after(after)) {
                to_->changed(before++, after++);
            } else if (steps_after(before, after) < steps_before(before, after)) {
                to_->only_after(after++);
            } else {
                to_->only_before(before++);
            }
        }
    }

 private:
    // How far ahead the other side has a record of this one's code; the nearer is paired.
    [[nodiscard]] std::size_t steps_after(std::size_t before, std::size_t after) {
        const std::string code = to_->code_before(before);
        for (std::size_t i = after; i != after_end_ && i - after < pairing_reach; ++i)
            if (to_->code_after(i) == code) return i - after;
        return pairing_reach;
    }
    [[nodiscard]] std::size_t steps_before(std::size_t before, std::size_t after) {
        const std::string code = to_->code_after(after);
        for (std::size_t i = before; i != before_end_ && i - before < pairing_reach; ++i)
            if (to_->code_before(i) == code) return i - before;
        return pairing_reach;
    }

    difference_listener* to_;
    std::size_t before_end_, after_end_;
};

}  // namespace

void tell_differences(std::span<const record_key> before, std::span<const record_key> after, difference_listener& to) {
    std::size_t x = 0;
    std::size_t y = 0;
    for (const common_run& run : common_runs(before, after)) {
        gap(to, run.before, run.after).tell(x, y);
        x = run.before + run.size;
        y = run.after + run.size;
    }
}

}  // namespace brygga::inspection
