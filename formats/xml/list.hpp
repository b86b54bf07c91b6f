// A growing list that keeps what its elements have allocated when it is emptied: the next record needs the same again.
#pragma once

#include <cstddef>
#include <vector>

namespace brygga::xml {

// T has clear().
template <class T>
class list {
 public:
    [[nodiscard]] T& add() {
        if (used_ == items_.size()) items_.emplace_back();
        T& made = items_[used_++];
        made.clear();
        return made;
    }
    void clear() noexcept { used_ = 0; }

    [[nodiscard]] std::size_t size() const noexcept { return used_; }
    [[nodiscard]] bool empty() const noexcept { return used_ == 0; }
    [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return items_[i]; }
    [[nodiscard]] T& operator[](std::size_t i) noexcept { return items_[i]; }
    [[nodiscard]] const T* begin() const noexcept { return items_.data(); }
    [[nodiscard]] const T* end() const noexcept { return items_.data() + used_; }

 private:
    std::vector<T> items_;
    std::size_t used_ = 0;
};

}  // namespace brygga::xml
