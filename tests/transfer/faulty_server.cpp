#include "tests/transfer/faulty_server.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "formats/core/sha256.hpp"

namespace brygga::transfer::test {

namespace {

// Goes through the mishap of this call; `work` does what is asked and gets how much of it to do.
template <class T, class Work>
outcome<T> on_call(partner& at, T answer_of_a_liar, const Work& work) {
    if (at.cut) return failed(at.cut_as, "cut");
    if (++at.calls != at.wrong_call) return work(false);
    switch (at.how) {
        case mishap::refuses:
            return failed(fault::server_failure, "refused");
        case mishap::cut_before:
            at.cut = true;
            return failed(at.cut_as, "cut");
        case mishap::cut_after:
            static_cast<void>(work(false));
            at.cut = true;
            return failed(at.cut_as, "cut");
        case mishap::lies:
            return answer_of_a_liar;
        case mishap::half:
            return work(true);
    }
    __builtin_unreachable();
}

struct done {};

outcome<void> plain(const outcome<done>& value) {
    if (!value) return tl::unexpected(value.error());
    return {};
}

class writer final : public remote_writer {
 public:
    writer(partner& at, std::string path, std::uint64_t offset) : at_(at), path_(std::move(path)), offset_(offset) {}
    outcome<void> write(std::string_view bytes) override {
        return plain(on_call<done>(at_, {}, [&](bool half) -> outcome<done> {
            std::string& file = at_.files[path_];
            const std::string_view taken = bytes.substr(0, half ? bytes.size() / 2 : bytes.size());
            file.resize(std::max<std::size_t>(file.size(), offset_ + taken.size()), '\0');
            file.replace(offset_, taken.size(), taken);
            offset_ += bytes.size();
            return done{};
        }));
    }
    outcome<void> finish() override {
        return plain(on_call<done>(at_, {}, [](bool) -> outcome<done> { return done{}; }));
    }

 private:
    partner& at_;
    std::string path_;
    std::size_t offset_;
};

class reader final : public remote_reader {
 public:
    reader(partner& at, std::string path, std::uint64_t offset) : at_(at), path_(std::move(path)), offset_(offset) {}
    outcome<std::size_t> read(std::span<char> into) override {
        // A server that lies about what it reads says that the file ends here.
        return on_call<std::size_t>(at_, 0, [&](bool half) -> outcome<std::size_t> {
            const std::string& file = at_.files[path_];
            const std::size_t there = file.size() - std::min(file.size(), offset_);
            std::size_t count = std::min(there, into.size());
            if (half) count = (count + 1) / 2;
            std::copy_n(file.data() + offset_, count, into.data());
            offset_ += count;
            return count;
        });
    }

 private:
    partner& at_;
    std::string path_;
    std::size_t offset_;
};

class connection final : public remote_files, public staged_upload, public whole_upload {
 public:
    explicit connection(partner& at) : at_(at) {}

    outcome<std::vector<remote_entry>> list(const std::string& folder) override {
        return on_call<std::vector<remote_entry>>(at_, {}, [&](bool) -> outcome<std::vector<remote_entry>> {
            std::vector<remote_entry> found;
            const std::string begin = folder + "/";
            for (const auto& [path, bytes] : at_.files)
                if (path.starts_with(begin) && path.find('/', begin.size()) == std::string::npos)
                    found.push_back({path.substr(begin.size()), {true, bytes.size(), at_.modified_s[path], {}}});
            return found;
        });
    }
    // Looks are answered truly: a server that lies about what it holds cannot be told from one that does not hold it.
    outcome<std::optional<remote_facts>> facts(const std::string& path) override {
        if (at_.how == mishap::lies && at_.calls + 1 == at_.wrong_call) ++at_.wrong_call;
        return on_call<std::optional<remote_facts>>(at_, {}, [&](bool) -> outcome<std::optional<remote_facts>> {
            const auto found = at_.files.find(path);
            if (found == at_.files.end()) return std::nullopt;
            return remote_facts{true, found->second.size(), at_.modified_s[path], {}};
        });
    }
    outcome<std::unique_ptr<remote_writer>> write(const std::string& path, std::uint64_t offset) override {
        using handle = std::unique_ptr<remote_writer>;
        auto made = std::make_unique<writer>(at_, path, offset);
        const auto opened = on_call<done>(at_, {}, [&](bool) -> outcome<done> {
            if (offset != 0 && !at_.files.contains(path)) return failed(fault::not_found, "not there");
            if (offset == 0) at_.files[path].clear();
            return done{};
        });
        if (!opened) return tl::unexpected(opened.error());
        return handle(std::move(made));
    }
    outcome<std::unique_ptr<remote_reader>> read(const std::string& path, std::uint64_t offset) override {
        using handle = std::unique_ptr<remote_reader>;
        auto made = std::make_unique<reader>(at_, path, offset);
        const auto opened = on_call<done>(at_, {}, [&](bool) -> outcome<done> {
            if (!at_.files.contains(path)) return failed(fault::not_found, "not there");
            return done{};
        });
        if (!opened) return tl::unexpected(opened.error());
        return handle(std::move(made));
    }
    outcome<void> rename(const std::string& from, const std::string& to) override {
        return plain(on_call<done>(at_, {}, [&](bool) -> outcome<done> {
            const auto found = at_.files.find(from);
            if (found == at_.files.end()) return failed(fault::not_found, "not there");
            if (at_.files.contains(to)) at_.lost.push_back(to);
            at_.files[to] = found->second;
            at_.files.erase(from);
            if (at_.after_rename) at_.after_rename(at_);
            return done{};
        }));
    }
    outcome<void> remove(const std::string& path) override {
        return plain(on_call<done>(at_, {}, [&](bool) -> outcome<done> {
            if (at_.around_remove) at_.around_remove();
            const bool there = at_.files.erase(path) != 0;
            if (at_.around_remove) at_.around_remove();
            if (!there) return failed(fault::not_found, "not there");
            return done{};
        }));
    }
    // Cut after all bytes have left us: whether before or after it was done nobody here sees.
    outcome<std::string> put(const std::string& path, std::string_view bytes, const std::string& hash,
                             const before_part& before) override {
        if (bytes.size() > 1)
            if (auto allowed = before(false); !allowed) return tl::unexpected(allowed.error());
        if (auto allowed = before(true); !allowed) return tl::unexpected(allowed.error());
        const bool was_cut = at_.cut;
        auto answered = on_call<std::string>(at_, {}, [&](bool half) -> outcome<std::string> {
            if (at_.files.contains(path)) return failed(fault::name_taken, "not free");
            at_.files[path] = bytes.substr(0, half ? bytes.size() / 2 : bytes.size());
            const std::string told = at_.tells_hash ? sha256_hex(at_.files[path]) : std::string();
            EXPECT_EQ(hash, sha256_hex(bytes));
            if (at_.after_rename) at_.after_rename(at_);
            return told;
        });
        if (at_.cut && !was_cut) return failed(fault::unanswered, "cut");
        return answered;
    }
    upload_way uploads() noexcept override {
        if (at_.whole) return static_cast<whole_upload*>(this);
        return static_cast<staged_upload*>(this);
    }

 private:
    partner& at_;
};

}  // namespace

std::unique_ptr<remote_files> partner::connect() {
    cut = false;
    return std::make_unique<connection>(*this);
}

}  // namespace brygga::transfer::test
