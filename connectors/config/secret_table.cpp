#include "connectors/config/detail/secret_table.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace brygga::config::detail {

namespace {

std::string as_variable(std::string_view name) {
    std::string out(name);
    for (char& c : out)
        c = c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

}  // namespace

void read_secret(table_reader& reader, std::string_view key, secrets::secret_source& into, std::string_view name,
                 const about& what) {
    bool written = false;
    const std::string file = fmt::format("secrets/{}", name), variable = as_variable(name), credential(name);
    reader.inline_table(key, what, [&](table_reader& of) {
        written = true;
        of.path("file", into.file,
                {.meaning = "a file whose first line it is", .example = file, .otherwise = "or another source"});
        of.text("environment", into.variable,
                {.meaning = "the variable of the environment that holds it",
                 .example = variable,
                 .otherwise = "or another source",
                 .instead = true});
        of.text("credential", into.credential,
                {.meaning = "the name of a credential of systemd (LoadCredential=)",
                 .example = credential,
                 .otherwise = "or another source",
                 .instead = true});
        if (into.credential.find('/') != std::string::npos || into.credential.starts_with('.'))
            of.fault("credential", "must be the name of a credential, not a path");
    });
    const int given = (into.file.empty() ? 0 : 1) + (into.variable.empty() ? 0 : 1) + (into.credential.empty() ? 0 : 1);
    if (written && given != 1)
        reader.fault(key,
                     "must be {file = \"...\"}, {environment = \"...\"} or {credential = \"...\"}; a secret never stands in the "
                     "configuration itself");
}

}  // namespace brygga::config::detail
