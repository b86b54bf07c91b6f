// A file on its way to in/pain.xml, and what is kept between attempts.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/transfer/deliver.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::transfer::test {

struct one_file {
    std::string bytes;
    tried before{};
    bool notes_fail = false;
    bool wanted = true;
    std::vector<std::string> steps{};  // of the last attempt

    outcome<delivered> attempt(remote_files& to, const std::function<void(std::string_view)>& at_step = {}) {
        steps.clear();
        const parcel what{bytes, sha256_hex(bytes), "in", "pain.xml", ".pain.xml.7f.part", before, wanted};
        if (before == tried::never) before = tried::somehow;
        return *deliver(to, {&what, 1},
                        {[this](std::span<const std::size_t>) { return note(tried::uploaded); },
                         [this](std::size_t) { return note(tried::somehow); },
                         [&](std::string_view step) {
                             steps.emplace_back(step);
                             if (at_step) at_step(step);
                         }})
                    .front();
    }

 private:
    outcome<void> note(tried now) {
        if (notes_fail) return failed(fault::ours, "no disk");
        before = now;
        return {};
    }
};

}  // namespace brygga::transfer::test
