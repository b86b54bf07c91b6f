#include "formats/print/batch/rules.hpp"

namespace brygga::print::batch {

namespace {

constexpr std::uint16_t number(rule which) noexcept {
    return static_cast<std::uint16_t>(which);
}

// A document with an error is taken out of the batch: the severity hold.
// clang-format off
constexpr rule_info table[] = {
    {number(rule::R01), "PRB-R01", "error", "The manifest is well-formed UTF-8 without document type, keeps its schema and has a known version.",
     "Have the sender make the batch again; the path tells the element."},
    {number(rule::R02), "PRB-R02", "error/info", "A batch id is new; with the digest of before it is a repeat, with another one it is used twice.",
     "A repeat needs nothing; otherwise send the batch under an id of its own."},
    {number(rule::R03), "PRB-R03", "error", "The archive holds the files of the manifest with their sizes and SHA-256 and nothing else, as section 2.3 wants it.",
     "Have the archive made again from the files of the manifest."},
    {number(rule::R04), "PRB-R04", "error", "The control totals are those of the documents.",
     "Something is missing or was changed: have the batch made again."},
    {number(rule::R05), "PRB-R05", "hold", "A document id was never used before with other bytes.",
     "A document that was rendered again needs an id of its own."},
    {number(rule::R06), "PRB-R06", "hold", "A PDF opens, has its number of pages in A4 with embedded fonts, is not encrypted and keeps the limits of its channels.",
     "Render the document again."},
    {number(rule::R07), "PRB-R07", "hold", "The kind of a document fits the flow of its batch.",
     "Send the document in a batch of its own flow."},
    {number(rule::R08), "PRB-R08", "hold", "Elements that depend on kind, channel and payment are there, or not.",
     "Complete the document; the path tells the element."},
    {number(rule::R09), "PRB-R09", "hold", "An identity number is a person's of 12 digits with a real date, or an organisation's of 10, with its check digit.",
     "Correct the number at the customer."},
    {number(rule::R10), "PRB-R10", "hold", "A slip is for an amount above zero and its code line agrees with it; nothing to pay has the method NONE.",
     "Correct payment or code line."},
    {number(rule::R11), "PRB-R11", "warning", "A letter about a collection by Autogiro has no code line on page 1.",
     "Whoever pays by the slip as well pays twice: look at the template of the letter."},
    {number(rule::R12), "PRB-R12", "error", "A PROTECTED batch tells nothing but identity numbers and has forwarding as its only channel; others never forward.",
     "Stop the batch and see how the document came into it."},
    {number(rule::R13), "PRB-R13", "hold", "Documents in one envelope have the same address, customer, postage and dispatch window.",
     "Give the document a group of its own, or none."},
    {number(rule::R14), "PRB-R14", "warning", "An economy letter is handed over ten days before its due date at the latest.",
     "Send it by normal post, or earlier."},
    {number(rule::R15), "PRB-R15", "hold", "A reminder or collection notice refers to a claim that is open.",
     "Take the document out: its claim is paid, or not known."},
    {number(rule::R16), "PRB-R16", "hold", "The last channel is PRINT, unless the customer has forbidden paper.",
     "Add PRINT to the channels of the document."},
    {number(rule::W01), "PRB-W01", "warning", "Texts hold letters of Latin-1 only.",
     "The font of the print service may lack the letter."},
    {number(rule::ratio), "PRB-RATIO", "error", "No more documents have errors than batch.maxErrorRatio allows.",
     "Stop the batch and see what its documents have in common."},
};
// clang-format on
static_assert(in_order(table));

}  // namespace

std::span<const rule_info> rules() noexcept {
    return table;
}

const rule_info& info(rule which) noexcept {
    return table[static_cast<std::size_t>(which)];
}

}  // namespace brygga::print::batch
