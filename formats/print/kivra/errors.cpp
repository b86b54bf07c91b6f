#include "formats/print/kivra/errors.hpp"

#include <algorithm>
#include <array>

namespace brygga::kivra {

namespace {

// By code, so that a code is found by bisection. Codes without an action of their own on the page have the one of their class.
constexpr std::chrono::seconds wait_limit{60}, wait_later{3600};

// clang-format off
constexpr std::array table = {
    error_info{20010, "OTP Required", action::hold},
    error_info{40000, "payload validation failed", action::fix},
    error_info{40001, "request invalid", action::fix},
    error_info{40002, "redirect URI Mismatch", action::hold},
    error_info{40003, "scope invalid or too small", action::conf},
    error_info{40004, "user Already Registered", action::hold},
    error_info{40005, "invalid Phone Number", action::hold},
    error_info{40006, "invalid Password", action::hold},
    error_info{40007, "invalid Email", action::hold},
    error_info{40008, "malformed JSON", action::fix},
    error_info{40009, "identity number malformed", action::fix},
    error_info{40010, "invalid Action", action::hold},
    error_info{40011, "failed Extended Validation", action::hold},
    error_info{40012, "type field wrong", action::fix},
    error_info{40013, "sendrequest Already Accepted", action::hold},
    error_info{40014, "invalid Status", action::hold},
    error_info{40015, "access token invalid", action::auth},
    error_info{40016, "invalid State", action::hold},
    error_info{40017, "campaign invalid", action::fix},
    error_info{40018, "company id malformed", action::fix},
    error_info{40019, "files invalid", action::fix},
    error_info{40020, "invalid Parties", action::hold},
    error_info{40021, "bank account invalid", action::fix},
    error_info{40022, "postal address missing", action::fix},
    error_info{40023, "invalid Contact Info", action::hold},
    error_info{40024, "no recipient given", action::fix},
    error_info{40025, "invalid OTP", action::hold},
    error_info{40026, "JSON is not an object", action::fix},
    error_info{40027, "invalid Signup Signature", action::hold},
    error_info{40028, "file type unsupported", action::fix},
    error_info{40030, "icon size wrong", action::fix},
    error_info{40031, "PNG without alpha", action::fix},
    error_info{40032, "no user with that identity number", action::print},
    error_info{40033, "query parameter wrong", action::fix},
    error_info{40035, "required header missing", action::fix},
    error_info{40036, "resource exists", action::hold},
    error_info{40037, "agreement Parties Not Unique", action::hold},
    error_info{40038, "invalid Or Unregistered URL", action::hold},
    error_info{40039, "canceled Campaign", action::hold},
    error_info{40040, "missing Campaign Image", action::hold},
    error_info{40041, "invalid Pay Date", action::hold},
    error_info{40042, "amount out of range", action::fix},
    error_info{40043, "invalid User Preference", action::hold},
    error_info{40044, "OCR check failed", action::fix},
    error_info{40045, "payment option unknown (earlier listed for invalid PDF)", action::fix},
    error_info{40047, "PDF invalid (agreements)", action::fix},
    error_info{40048, "invalid Label", action::hold},
    error_info{40049, "invalid Value For Expiration Days", action::hold},
    error_info{40050, "form response error", action::hold},
    error_info{40052, "header malformed", action::fix},
    error_info{40053, "forms only in v2 content", action::fix},
    error_info{40054, "too many items", action::fix},
    error_info{40055, "invitee Same As Inviter", action::hold},
    error_info{40056, "max Folder Collaborators", action::hold},
    error_info{40057, "max User Invitations", action::hold},
    error_info{40058, "mobile Application Update Required", action::hold},
    error_info{40059, "schema violation", action::fix},
    error_info{40098, "barcode data invalid", action::fix},
    error_info{40100, "credentials invalid", action::auth},
    error_info{40101, "access denied", action::conf},
    error_info{40102, "client not authorised for this grant", action::conf},
    error_info{40103, "grant invalid or expired", action::auth},
    error_info{40104, "client authentication failed", action::auth},
    error_info{40105, "no accepted relation sender–recipient", action::print},
    error_info{40106, "email In Use", action::hold},
    error_info{40107, "phone Number In Use", action::hold},
    error_info{40108, "invalid Registration Code Or Sendrequest", action::hold},
    error_info{40109, "sendrequest Or Share Already Exists", action::hold},
    error_info{40110, "tenant has no print integration", action::conf},
    error_info{40111, "invalid OTP", action::hold},
    error_info{40112, "insufficient Security Score", action::hold},
    error_info{40113, "no User With ID", action::hold},
    error_info{40200, "payment Required", action::hold},
    error_info{40201, "payment Request Failed", action::hold},
    error_info{40202, "invalid Coupon Code", action::hold},
    error_info{40203, "insufficient Funds", action::hold},
    error_info{40204, "payment Unauthorized", action::hold},
    error_info{40300, "forbidden", action::conf},
    error_info{40301, "action forbidden", action::conf},
    error_info{40303, "invalid Creditors Account", action::hold},
    error_info{40304, "company Not Registred", action::hold},
    error_info{40305, "company Has Supplier", action::hold},
    error_info{40306, "banner In Use", action::hold},
    error_info{40307, "irrevocable Agreement", action::hold},
    error_info{40308, "consent Required", action::hold},
    error_info{40309, "bank Rejected", action::hold},
    error_info{40310, "already Paid", action::hold},
    error_info{40311, "SCA Failed", action::hold},
    error_info{40312, "unconsented Account", action::hold},
    error_info{40313, "on Hold By Bank", action::hold},
    error_info{40314, "SCA Cancelled", action::hold},
    error_info{40315, "SCA Required", action::hold},
    error_info{40317, "guardians Required", action::hold},
    error_info{40318, "underage", action::hold},
    error_info{40319, "content rejected by marketplace", action::hold},
    error_info{40320, "matched By Unverified Email Address", action::hold},
    error_info{40321, "matched By Unverified Phone Number", action::hold},
    error_info{40322, "rejected By Creditsafe", action::hold},
    error_info{40323, "not Items Owner", action::hold},
    error_info{40324, "client Upgrade Required", action::hold},
    error_info{40325, "content Sealed", action::hold},
    error_info{40326, "unseal By Receiver Only", action::hold},
    error_info{40327, "matched By Non-SSN", action::hold},
    error_info{40328, "insufficient Security Score", action::hold},
    error_info{40329, "invoice Connected", action::hold},
    error_info{40400, "not found: wrong tenant key, or recipient not available", action::ask_tenant},
    error_info{40401, "transaction Not Found", action::hold},
    error_info{40500, "method not allowed", action::conf},
    error_info{40600, "not acceptable", action::conf},
    error_info{40601, "Accept header unknown", action::conf},
    error_info{40700, "proxy Authentication Required", action::hold},
    error_info{40800, "request timeout", action::retry},
    error_info{40900, "conflict", action::hold},
    error_info{40901, "Mina Meddelanden State Conflict", action::hold},
    error_info{40902, "user Account Deactivated", action::hold},
    error_info{40903, "payment Service Conflict", action::hold},
    error_info{40904, "state conflict", action::hold},
    error_info{40905, "integration Root Conflict", action::hold},
    error_info{40906, "integration Username Conflict", action::hold},
    error_info{40907, "pending Payment Conflict", action::hold},
    error_info{40908, "trashed Content Conflict", action::hold},
    error_info{40909, "integration Name Conflict", action::hold},
    error_info{40910, "tenant key exists", action::conf},
    error_info{40911, "invalid User Phone Number", action::hold},
    error_info{40912, "user Company Conflict", action::hold},
    error_info{40913, "VAT number exists", action::conf},
    error_info{40914, "receipts User Already Exists", action::hold},
    error_info{40915, "organisation number belongs to another tenant", action::conf},
    error_info{40916, "ongoing Payment", action::hold},
    error_info{40917, "pending Mandate Conflict", action::hold},
    error_info{40918, "email Conflict", action::hold},
    error_info{40919, "phone Number Conflict", action::hold},
    error_info{40920, "service Terms Not Accepted", action::hold},
    error_info{40921, "inconsistent Subscription State", action::hold},
    error_info{40922, "consent Not Given", action::hold},
    error_info{40923, "subscription In Billing Retry", action::hold},
    error_info{40924, "invitee Already Collaborator", action::hold},
    error_info{40925, "invitee Already Invited", action::hold},
    error_info{40926, "invalid Merchant Reference", action::hold},
    error_info{41000, "gone", action::hold},
    error_info{41100, "length Required", action::hold},
    error_info{41200, "precondition Failed", action::hold},
    error_info{41300, "payload too large", action::print},
    error_info{41400, "request URI Too Long", action::hold},
    error_info{41500, "media type unsupported", action::fix},
    error_info{41600, "requested Range Not Satisfiable", action::hold},
    error_info{41700, "expectation Failed", action::hold},
    error_info{41800, "I'm a teapot", action::hold},
    error_info{42100, "misdirected Request", action::hold},
    error_info{42200, "semantically wrong", action::fix},
    error_info{42201, "unprocessable Entity", action::hold},
    error_info{42202, "unprocessable Entity", action::hold},
    error_info{42203, "unprocessable Entity", action::hold},
    error_info{42204, "unprocessable Entity", action::hold},
    error_info{42210, "payment reference invalid", action::fix},
    error_info{42211, "currency missing or invalid", action::fix},
    error_info{42212, "unprocessable Entity", action::hold},
    error_info{42213, "amount missing or not a number", action::fix},
    error_info{42214, "unprocessable Entity", action::hold},
    error_info{42215, "unprocessable Entity", action::hold},
    error_info{42216, "unprocessable Entity", action::hold},
    error_info{42217, "upload limit reached", action::retry, wait_later},
    error_info{42218, "invitee Not Trusted", action::hold},
    error_info{42219, "invitee Already Trusted Contact", action::hold},
    error_info{42220, "Swish alias not verified for Kivra", action::conf},
    error_info{42221, "retain with a type that cannot be retained", action::fix},
    error_info{42300, "locked", action::hold},
    error_info{42400, "failed Dependency", action::hold},
    error_info{42500, "too Early", action::hold},
    error_info{42600, "upgrade Required", action::hold},
    error_info{42800, "precondition Required", action::hold},
    error_info{42900, "too many requests", action::retry, wait_limit},
    error_info{43100, "request Header Fields Too Large", action::hold},
    error_info{45100, "unavailable For Legal Reasons", action::hold},
    error_info{49900, "client Closed Request", action::hold},
    error_info{50000, "internal error", action::retry},
    error_info{50002, "covenant Creation Failed", action::retry},
    error_info{50003, "unknown Receipt Error", action::retry},
    error_info{50100, "not Implemented", action::retry},
    error_info{50200, "bad gateway", action::retry},
    error_info{50300, "unavailable", action::retry},
    error_info{50301, "temporarily unavailable", action::retry},
    error_info{50302, "payment Service Temporarily Unavailable", action::retry},
    error_info{50400, "gateway timeout", action::retry, {}, true},
    error_info{50401, "polling timeout", action::retry},
    error_info{50500, "HTTP Version Not Supported", action::retry},
    error_info{50600, "variant Also Negotiates", action::retry},
    error_info{50700, "insufficient Storage", action::retry},
    error_info{50800, "loop Detected", action::retry},
    error_info{51000, "not Extended", action::retry},
    error_info{51100, "network Authentication Required", action::retry},
};
// clang-format on
static_assert(std::is_sorted(table.begin(), table.end(),
                             [](const error_info& a, const error_info& b) { return a.code < b.code; }));

constexpr error_info other_refusal{0, "a code that is not in the list", action::hold},
    other_failure{0, "a code that is not in the list", action::retry};
constexpr int first_failure = 50'000;

}  // namespace

std::string_view name(action what) noexcept {
    switch (what) {
        case action::fix:
            return "FIX";
        case action::auth:
            return "AUTH";
        case action::conf:
            return "CONF";
        case action::print:
            return "PRINT";
        case action::retry:
            return "RETRY";
        case action::hold:
            return "HOLD";
        case action::ask_tenant:
            return "PRINT if GET tenant succeeds, else CONF";
    }
    return "unknown";
}

std::span<const error_info> known_errors() noexcept {
    return table;
}

error_info error_of(int code) noexcept {
    const auto found =
        std::lower_bound(table.begin(), table.end(), code, [](const error_info& each, int wanted) { return each.code < wanted; });
    if (found != table.end() && found->code == code) return *found;
    error_info other = code >= first_failure ? other_failure : other_refusal;
    other.code = code;
    return other;
}

}  // namespace brygga::kivra
