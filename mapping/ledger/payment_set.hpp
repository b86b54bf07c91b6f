// The payments of a deposit whatever their order: two deposits that hold the same ones are the same deposit (CAMT-R22).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace brygga::ledger {

// A sum of one digest per payment: constant memory for a deposit of any size.
class payment_set {
 public:
    // The bank's number of the payment, and its amount in öre, negative for a deduction.
    void add(std::string_view serial, std::int64_t amount_ore);

    // There are payments and each has a number: without, two sets can be equal by chance.
    [[nodiscard]] bool identifies() const noexcept { return payments_ != 0 && unnumbered_ == 0; }

    // Equal sets have equal keys.
    [[nodiscard]] std::uint64_t key() const noexcept { return sum_[0]; }

    friend bool operator==(const payment_set& a, const payment_set& b) noexcept {
        return a.payments_ == b.payments_ && a.unnumbered_ == b.unnumbered_ && a.sum_ == b.sum_;
    }

 private:
    std::uint64_t payments_ = 0, unnumbered_ = 0;
    std::array<std::uint64_t, 4> sum_{};  // of SHA-256 digests, word by word
};

}  // namespace brygga::ledger
