#include "connectors/transfer/remote_files.hpp"

namespace brygga::transfer {

std::string joined(std::string_view folder, std::string_view name) {
    if (folder.empty()) return std::string(name);
    std::string path(folder);
    if (path.back() != '/') path += '/';
    return path.append(name);
}

}  // namespace brygga::transfer
