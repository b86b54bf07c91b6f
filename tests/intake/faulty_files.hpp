// A file system that counts its calls and makes one of them fail: before it does anything, or after it has done it (then
// the caller is told of a failure that is none, as after a lost connection).
#pragma once

#include <cerrno>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "connectors/filedrop/file_system.hpp"

namespace brygga::intake_test {

enum class fault_moment : std::uint8_t { before, after };

class faulty_files final : public filedrop::file_system {
 public:
    using path = std::filesystem::path;
    // 1-based number of the call that fails, 0 = none.
    std::size_t fail_at = 0;
    int error_number = EIO;
    fault_moment moment = fault_moment::before;
    std::size_t calls = 0;
    std::optional<std::uint64_t> free_space;  // instead of what the disk has

    result<std::vector<std::string>> list(const path& folder) override {
        return guarded([&] { return real_.list(folder); });
    }
    std::function<void(const path&)> at_look;  // before facts() does anything
    result<filedrop::file_facts> facts(const path& file) override {
        if (at_look) at_look(file);
        return guarded([&] { return real_.facts(file); });
    }
    result<std::unique_ptr<filedrop::open_file>> open(const path& file) override {
        return guarded([&] { return wrapped(real_.open(file)); });
    }
    result<std::unique_ptr<filedrop::open_file>> create(const path& file) override {
        ++created_[file.parent_path()];
        return guarded([&] { return wrapped(real_.create(file)); });
    }
    [[nodiscard]] std::size_t created_in(const path& folder) { return created_[folder]; }
    result<std::unique_ptr<filedrop::open_file>> append(const path& file) override {
        return guarded([&] { return wrapped(real_.append(file)); });
    }
    result<void> rename_new(const path& from, const path& to) override {
        return guarded([&] { return real_.rename_new(from, to); });
    }
    result<void> rename_over(const path& from, const path& to) override {
        return guarded([&] { return real_.rename_over(from, to); });
    }
    result<void> remove(const path& file) override {
        return guarded([&] { return real_.remove(file); });
    }
    result<void> make_folder(const path& folder) override {
        return guarded([&] { return real_.make_folder(folder); });
    }
    result<void> sync_folder(const path& folder) override {
        return guarded([&] { return real_.sync_folder(folder); });
    }
    result<std::uint64_t> free_bytes(const path& folder) override {
        return guarded([&] { return free_space ? result<std::uint64_t>(*free_space) : real_.free_bytes(folder); });
    }

 private:
    class counted_file final : public filedrop::open_file {
     public:
        counted_file(faulty_files& owner, std::unique_ptr<filedrop::open_file> real) : owner_(&owner), real_(std::move(real)) {}
        result<std::size_t> read(std::span<char> into) override {
            return owner_->guarded([&] { return real_->read(into); });
        }
        result<void> write(std::string_view bytes) override {
            return owner_->guarded([&] { return real_->write(bytes); });
        }
        result<void> sync() override {
            return owner_->guarded([&] { return real_->sync(); });
        }
        result<void> lock() override {
            return owner_->guarded([&] { return real_->lock(); });
        }
        result<filedrop::file_facts> facts() override {
            return owner_->guarded([&] { return real_->facts(); });
        }
        result<void> let_everybody_read() override {
            return owner_->guarded([&] { return real_->let_everybody_read(); });
        }

     private:
        faulty_files* owner_;
        std::unique_ptr<filedrop::open_file> real_;
    };

    template <class Call>
    auto guarded(Call&& call) -> decltype(call()) {
        const bool fails = ++calls == fail_at;
        if (fails && moment == fault_moment::before) return injected();
        auto done = call();
        if (fails) return injected();
        return done;
    }

    [[nodiscard]] tl::unexpected<error> injected() const { return tl::unexpected<error>(system_error(error_number, "injected")); }

    result<std::unique_ptr<filedrop::open_file>> wrapped(result<std::unique_ptr<filedrop::open_file>> real) {
        if (!real) return real;
        return std::make_unique<counted_file>(*this, std::move(*real));
    }

    std::map<path, std::size_t> created_;  // files by folder
    filedrop::file_system& real_ = filedrop::posix_file_system();
};

}  // namespace brygga::intake_test
