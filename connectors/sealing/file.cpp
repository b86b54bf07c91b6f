#include "connectors/sealing/file.hpp"

#include <span>

#include "formats/bankgirot/seal/reader.hpp"
#include "formats/core/byte_source.hpp"

namespace brygga::sealing {

namespace {

result<seal::sealed> write(filedrop::file_system& files, std::string_view data, const seal::key& with,
                           const seal::seal_options& options, const std::filesystem::path& to) {
    const auto file = files.create(to);
    if (!file) return tl::unexpected<error>(file.error());
    result<void> written;
    auto done = seal::seal_file(data, with, options, [&](std::string_view part) {
        if (written) written = (*file)->write(part);
    });
    if (!done || !done->accepted()) return done;
    if (written) written = (*file)->sync();
    if (!written) return tl::unexpected<error>(written.error());
    auto back = byte_source::open(to);
    if (!back) return tl::unexpected<error>(back.error());
    seal::verify_options how;
    how.passed = [&back](std::size_t offset) { back->release_before(offset); };
    const auto what = seal::verify(back->bytes(), std::span(&with, 1), how);
    if (!what) return tl::unexpected<error>(what.error());
    if (what->is != seal::verdict::ok || what->found != done->code)
        return fail(error_code::corrupt, "what was written is not what was sealed");
    return done;
}

}  // namespace

result<seal::sealed> write_sealed(filedrop::file_system& files, std::string_view data, const seal::key& with,
                                  const seal::seal_options& options, const std::filesystem::path& to) {
    auto done = write(files, data, with, options, to);
    // What stays behind when this fails too is emptied and removed by the next attempt: it has the same name.
    if (!done || !done->accepted()) static_cast<void>(files.remove(to));
    return done;
}

}  // namespace brygga::sealing
