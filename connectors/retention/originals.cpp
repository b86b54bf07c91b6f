#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "connectors/intake/swedish_day.hpp"
#include "connectors/retention/detail/waiting.hpp"
#include "connectors/retention/detail/work.hpp"

namespace brygga::retention::detail {

namespace {

constexpr std::size_t files_at_once = 100;  // that one transaction speaks of

struct company {
    std::string id;
    const config::tenant* who{};  // null when the configuration does not know it
};

// One company's ledger at a moment.
struct view {
    std::unique_ptr<ledger::transaction> in;
    original_rule rule;
};

// What all companies say of one content.
struct content {
    intake::fingerprint is;
    bool done = true;  // for every use of it
};

class removing {
 public:
    removing(const desk& on, std::uint32_t years) : on_(on), years_(years), today_(intake::swedish_day(on.how->time->now())) {}

    result<void> run() {
        if (auto found = find_companies(); !found) return found;
        const auto lock = intake::lock_originals(on_.files(), on_.with->originals);
        if (!lock) return tl::unexpected<error>(lock.error());
        auto candidates = find();
        if (!candidates) return tl::unexpected<error>(candidates.error());
        for (std::size_t i = 0; i < candidates->size() && !on_.stopped(); i += files_at_once) {
            const std::size_t end = std::min(candidates->size(), i + files_at_once);
            const std::span<const intake::fingerprint> some(candidates->data() + i, end - i);
            auto done = on_.what == extent::all ? remove(some) : count(some);
            if (!done) return done;
        }
        return {};
    }

 private:
    result<void> find_companies() {
        auto ids = on_.books->tenants();
        if (!ids) return tl::unexpected<error>(ids.error());
        for (std::string& each : *ids) {
            const config::tenant* const who = on_.with->find_tenant(each);
            companies_.push_back({std::move(each), who});
        }
        return {};
    }

    [[nodiscard]] result<view> look(const company& of, bool writes) const {
        auto in = writes ? on_.books->begin(of.id) : on_.books->begin_read(of.id);
        if (!in) return tl::unexpected<error>(in.error());
        auto rule = original_rule::read(of.who, years_, today_, **in);
        if (!rule) return tl::unexpected<error>(rule.error());
        return view{std::move(*in), std::move(*rule)};
    }

    // What lies there and is done with. What the ledger says is looked at again before anything is done.
    result<std::vector<intake::fingerprint>> find() {
        std::map<std::string, content, std::less<>> known;
        for (const company& each : companies_) {
            const auto of = look(each, false);
            if (!of) return tl::unexpected<error>(of.error());
            const auto uses = of->in->retention().uses();
            if (!uses) return tl::unexpected<error>(uses.error());
            for (const ledger::original_use& use : *uses) {
                content& about = known[use.sha256];
                about.is = {use.sha256, use.size_bytes};
                about.done = about.done && of->rule.is_done(use);
            }
        }
        const auto lies = intake::list_originals(on_.files(), on_.with->originals);
        if (!lies) return tl::unexpected<error>(lies.error());
        on_.told->unknown_originals = lies->strange;
        std::vector<intake::fingerprint> out;
        for (const std::string& each : lies->sha256s) {
            const auto at = known.find(each);
            if (at == known.end())
                ++on_.told->unknown_originals;
            else if (at->second.done)
                out.push_back(at->second.is);
        }
        return out;
    }

    // The row that this company's ledger is to get; nothing when it has one, does not know these bytes, or still needs them.
    [[nodiscard]] static result<std::optional<ledger::original_removal>> row_for(const view& of, const intake::fingerprint& is) {
        const auto uses = of.in->retention().uses_of(is.sha256);
        if (!uses) return tl::unexpected<error>(uses.error());
        const auto removed = of.in->retention().removal_of(is.sha256);
        if (!removed) return tl::unexpected<error>(removed.error());
        if (uses->empty() || *removed) return std::nullopt;
        ledger::original_removal out{0, is.sha256, is.size_bytes, {}, fmt::format("originals_years = {}", of.rule.years()), 0};
        for (const ledger::original_use& each : *uses) {
            if (!of.rule.is_done(each)) return std::nullopt;
            out.kept_until = std::max(out.kept_until, *of.rule.kept_until(each));
        }
        return out;
    }

    result<void> remove(std::span<const intake::fingerprint> all) {
        for (const company& each : companies_)
            if (auto noted = note(each, all); !noted) return noted;
        return unlink(all);
    }

    result<void> note(const company& who, std::span<const intake::fingerprint> all) {
        const auto noted = write_rows(who, all);
        if (!noted) return tl::unexpected<error>(noted.error());
        if (noted->files == 0) return {};
        if (const auto why = on_.books->head_failure()) on_.trouble(who.id, kind::originals, *why);
        add(who.id, *noted);
        on_.pass(step::removal_noted);
        return {};
    }

    result<amount> write_rows(const company& who, std::span<const intake::fingerprint> all) {
        const auto of = look(who, true);
        if (!of) return tl::unexpected<error>(of.error());
        amount noted;
        for (const intake::fingerprint& is : all) {
            auto row = row_for(*of, is);
            if (!row) return tl::unexpected<error>(row.error());
            if (!*row) continue;
            if (auto added = of->in->retention().add_removal(**row); !added) return tl::unexpected<error>(added.error());
            add_to(noted, is);
        }
        if (noted.files == 0) return noted;
        if (auto done = of->in->commit(); !done) return tl::unexpected<error>(done.error());
        return noted;
    }

    // While nobody else can write: neither can bytes that are kept again be named by a ledger, nor a file be sent once more,
    // between the look and the removing.
    result<void> unlink(std::span<const intake::fingerprint> all) {
        std::vector<view> views;
        for (const company& each : companies_) {
            auto of = look(each, views.empty());
            if (!of) return tl::unexpected<error>(of.error());
            views.push_back(std::move(*of));
        }
        for (const intake::fingerprint& is : all) {
            if (on_.stopped()) return {};
            const auto may = may_go(views, is);
            if (!may) return tl::unexpected<error>(may.error());
            if (!*may) continue;
            if (auto removed = on_.originals->remove(is); !removed) {
                on_.trouble({}, kind::originals, removed.error());
                continue;
            }
            add_to(on_.told->originals, is);
            on_.pass(step::original_removed);
        }
        return {};
    }

    [[nodiscard]] static result<bool> may_go(const std::vector<view>& views, const intake::fingerprint& is) {
        for (const view& of : views) {
            const auto uses = of.in->retention().uses_of(is.sha256);
            if (!uses) return tl::unexpected<error>(uses.error());
            const auto removed = of.in->retention().removal_of(is.sha256);
            if (!removed) return tl::unexpected<error>(removed.error());
            if (!uses->empty() && !*removed) return false;
            for (const ledger::original_use& each : *uses)
                if (!of.rule.is_done(each)) return false;
        }
        return true;
    }

    result<void> count(std::span<const intake::fingerprint> all) {
        for (const company& each : companies_) {
            const auto of = look(each, false);
            if (!of) return tl::unexpected<error>(of.error());
            amount would;
            for (const intake::fingerprint& is : all) {
                const auto row = row_for(*of, is);
                if (!row) return tl::unexpected<error>(row.error());
                if (*row) add_to(would, is);
            }
            add(each.id, would);
        }
        for (const intake::fingerprint& is : all)
            add_to(on_.told->originals, is);
        return {};
    }

    static void add_to(amount& sum, const intake::fingerprint& is) {
        ++sum.files;
        sum.bytes += is.size_bytes;
    }

    void add(std::string_view tenant, const amount& more) const {
        for (kind_report& each : on_.told->kinds) {
            if (each.tenant != tenant || each.what != kind::originals) continue;
            each.removed.files += more.files;
            each.removed.bytes += more.bytes;
        }
    }

    const desk& on_;
    std::uint32_t years_;
    date today_;
    std::vector<company> companies_;
};

}  // namespace

void remove_originals(const desk& on, std::uint32_t years) {
    if (auto done = removing(on, years).run(); !done) on.trouble({}, kind::originals, done.error());
}

}  // namespace brygga::retention::detail
