// Reads a sealed file that comes in pieces, however they are cut, and judges it. Internal: the reader gives it a file, and the
// writer everything that it hands out.
#pragma once

#include "formats/bankgirot/seal/reader.hpp"
#include "formats/core/lines.hpp"

namespace brygga::seal::detail {

class verifier {
 public:
    struct span {  // of columns
        std::uint64_t first{}, last{};
    };
    // `with` may be null: the MAC is then not computed. `known` names the KVVs of the known keys to a person. What `options`
    // points to must outlive it.
    [[nodiscard]] static result<verifier> begin(const key* with, std::string known, const verify_options& options);
    [[nodiscard]] result<void> update(std::string_view bytes);
    [[nodiscard]] result<verification> finish();

 private:
    enum class phase : std::uint8_t { before_opening, without_opening, between, after_closing, broken };
    struct place {  // of a line that holds something
        std::uint64_t line = 1;
        std::size_t begin = 0;
        std::string code;  // as it stands
    };

    verifier(std::string known, const verify_options& options)
        : known_(std::move(known)), today_(options.today), max_age_days_(options.max_age_days) {
        out_.findings = finding_list(rules(), options.policy);
    }

    [[nodiscard]] result<void> take(std::string_view part);
    [[nodiscard]] result<void> take_record(std::string_view part);
    [[nodiscard]] result<void> feed_held();
    [[nodiscard]] result<void> feed_until(const char* end);
    [[nodiscard]] result<void> feed(std::string_view bytes);
    void close();
    void take_rest(std::string_view part);

    [[nodiscard]] result<void> end_line(std::size_t end_bytes);
    [[nodiscard]] result<void> first_line();
    void end_record();
    [[nodiscard]] place here() const;  // the line at hand
    [[nodiscard]] result<void> judge();
    void judge_dates();

    void broken(verdict is, rule why, span columns, std::string found, std::string expected);
    void on_closing(rule which, severity level, std::string_view field, std::string found, std::string expected);
    void add(rule which, severity level, const place& at, span columns, std::string_view field, std::string found,
             std::string expected);

    std::string known_;
    std::optional<date> today_;
    int max_age_days_;
    std::optional<mac> own_kvv_;
    std::optional<authenticator> authenticator_;

    phase phase_ = phase::before_opening;
    std::string start_;        // of the line at hand: as many bytes as a record has columns
    std::uint64_t width_ = 0;  // of it, so far
    bool holding_ = true;      // it may still be TK99: the MAC is not to be given it
    std::size_t held_ = 0;     // how much of it came in pieces before, and waits in start_
    const char* unfed_{};      // in the piece at hand: from here the MAC waits
    bool blank_ = true;        // nothing but blanks and TABs before TK00
    bool after_cr_ = false;    // a LF that comes first belongs to the line before
    std::uint64_t line_ = 1;   // its number
    std::size_t line_begin_ = 0;
    place last_;           // the last record before TK99
    std::string closing_;  // TK99
    std::uint64_t closing_line_ = 0;
    verification out_;
};

}  // namespace brygga::seal::detail
