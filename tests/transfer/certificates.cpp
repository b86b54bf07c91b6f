#include "tests/transfer/certificates.hpp"

#include <fmt/format.h>

#include "tests/intake/scratch_folder.hpp"
#include "tests/transfer/open_ssh.hpp"

namespace brygga::transfer::test {

namespace {

const std::string new_key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
const std::string here = "subjectAltName=IP:127.0.0.1";

class workshop {
 public:
    workshop() {
        all_.authority = signed_by_itself("authority", "basicConstraints=critical,CA:TRUE").chain;
        all_.server = signed_by_authority("server", here, 2);
        all_.other_host = signed_by_authority("other-host", "subjectAltName=DNS:files.bank.example", 2);
        all_.expired = signed_by_authority("expired", here, -1);
        all_.self_signed = signed_by_itself("self-signed", here);
        all_.client = signed_by_authority("client", "extendedKeyUsage=clientAuth", 2);
        all_.stranger = signed_by_itself("stranger", "extendedKeyUsage=clientAuth");
        all_.locked_key = folder_.path() / "locked.key";
        run_program({"openssl", "pkey", "-in", all_.client.key.string(), "-aes256", "-passout", "pass:secret", "-out",
                     all_.locked_key.string()});
    }
    [[nodiscard]] const certificates& all() const { return all_; }

 private:
    [[nodiscard]] certificate at(const std::string& name) const {
        return {folder_.path() / (name + ".pem"), folder_.path() / (name + ".key")};
    }
    [[nodiscard]] certificate signed_by_itself(const std::string& name, const std::string& extension) const {
        const certificate made = at(name);
        run_program({"openssl", "req", "-x509", new_key, "-days", "2", "-subj", "/CN=" + name, "-addext", extension, "-keyout",
                     made.key.string(), "-out", made.chain.string()});
        return made;
    }
    [[nodiscard]] certificate signed_by_authority(const std::string& name, const std::string& extension, int days) const {
        const certificate made = at(name);
        const std::string request = (folder_.path() / (name + ".csr")).string();
        const std::filesystem::path extensions = folder_.path() / (name + ".ext");
        intake_test::put(extensions, extension + "\n");
        run_program({"openssl", "req", new_key, "-subj", "/CN=" + name, "-keyout", made.key.string(), "-out", request});
        run_program({"openssl", "x509", "-req", "-in", request, "-CA", all_.authority.string(), "-CAkey",
                     at("authority").key.string(), "-CAcreateserial", "-days", fmt::format("{}", days), "-extfile",
                     extensions.string(), "-out", made.chain.string()});
        return made;
    }

    intake_test::scratch_folder folder_;
    certificates all_;
};

}  // namespace

const certificates& test_certificates() {
    static const workshop made;
    return made.all();
}

}  // namespace brygga::transfer::test
