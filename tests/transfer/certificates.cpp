#include "tests/transfer/certificates.hpp"

#include <map>
#include <string>

#include <fmt/format.h>

#include "tests/intake/scratch_folder.hpp"
#include "tests/transfer/open_ssh.hpp"

namespace brygga::transfer::test {

namespace {

const std::string new_key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
const std::string here = "subjectAltName=IP:127.0.0.1";
const std::string for_client = "extendedKeyUsage=clientAuth";

class workshop {
 public:
    const certificate& get(made_out how) {
        const auto known = made_.find(how);
        return known != made_.end() ? known->second : made_.emplace(how, make(how)).first->second;
    }

 private:
    certificate make(made_out how) {
        switch (how) {
            case made_out::to_authority:
                return signed_by_itself("authority", "basicConstraints=critical,CA:TRUE");
            case made_out::to_server:
                return signed_by_authority("server", here, 2);
            case made_out::to_other_host:
                return signed_by_authority("other-host", "subjectAltName=DNS:files.bank.example", 2);
            case made_out::in_the_past:
                return signed_by_authority("expired", here, -1);
            case made_out::by_itself:
                return signed_by_itself("self-signed", here);
            case made_out::to_client:
                return signed_by_authority("client", for_client, 2);
            case made_out::to_client_locked: {
                const certificate& open = get(made_out::to_client);
                const certificate locked{open.chain, folder_.path() / "locked.key"};
                run_program({"openssl", "pkey", "-in", open.key.string(), "-aes256", "-passout", "pass:secret", "-out",
                             locked.key.string()});
                return locked;
            }
            case made_out::to_stranger:
                return signed_by_itself("stranger", for_client);
        }
        throw std::runtime_error("no such certificate");
    }

    [[nodiscard]] certificate at(const std::string& name) const {
        return {folder_.path() / (name + ".pem"), folder_.path() / (name + ".key")};
    }
    [[nodiscard]] certificate signed_by_itself(const std::string& name, const std::string& extension) const {
        const certificate made = at(name);
        run_program({"openssl", "req", "-x509", new_key, "-days", "2", "-subj", "/CN=" + name, "-addext", extension, "-keyout",
                     made.key.string(), "-out", made.chain.string()});
        return made;
    }
    [[nodiscard]] certificate signed_by_authority(const std::string& name, const std::string& extension, int days) {
        const certificate made = at(name);
        const certificate& authority = get(made_out::to_authority);
        const std::string request = (folder_.path() / (name + ".csr")).string();
        const std::filesystem::path extensions = folder_.path() / (name + ".ext");
        intake_test::put(extensions, extension + "\n");
        run_program({"openssl", "req", new_key, "-subj", "/CN=" + name, "-keyout", made.key.string(), "-out", request});
        run_program({"openssl", "x509", "-req", "-in", request, "-CA", authority.chain.string(), "-CAkey", authority.key.string(),
                     "-CAcreateserial", "-days", fmt::format("{}", days), "-extfile", extensions.string(), "-out",
                     made.chain.string()});
        return made;
    }

    intake_test::scratch_folder folder_;
    std::map<made_out, certificate> made_;
};

}  // namespace

const certificate& test_certificate(made_out how) {
    static workshop all;
    return all.get(how);
}

}  // namespace brygga::transfer::test
