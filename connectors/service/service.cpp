#include "connectors/service/service.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "connectors/filedrop/watch.hpp"
#include "connectors/intake/fetching.hpp"
#include "connectors/intake/intake.hpp"
#include "connectors/service/agenda.hpp"
#include "connectors/service/monitor.hpp"
#include "connectors/service/partner_board.hpp"
#include "connectors/service/retention_worker.hpp"

namespace brygga::service {

namespace {

using partners::visit_end;
using std::chrono::milliseconds;
using timing::moment;

// Threads that end together: when one of them fails, the others are asked to stop.
class crew {
 public:
    explicit crew(std::stop_token stop) : outer_(std::move(stop), [this] { stop_.request_stop(); }) {}
    crew(const crew&) = delete;
    crew& operator=(const crew&) = delete;
    ~crew() {
        stop_.request_stop();
        join();
    }

    [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

    template <class Work>
    void add(Work work) {
        threads_.emplace_back([this, work = std::move(work)] {
            try {
                if (auto done = work(); !done) failed(std::move(done.error()));
            } catch (const std::exception&) {  // its text may quote what was worked on
                failed({error_code::io, "a worker of the service ended unexpectedly"});
            }
        });
    }

    [[nodiscard]] result<void> wait() {
        join();
        if (why_) return tl::unexpected(*why_);
        return {};
    }

 private:
    void join() {
        for (std::thread& each : threads_)
            each.join();
        threads_.clear();
    }
    void failed(error why) {
        const std::lock_guard guard(mutex_);
        if (!why_) why_ = std::move(why);
        stop_.request_stop();
    }

    std::stop_source stop_;
    std::stop_callback<std::function<void()>> outer_;
    std::mutex mutex_;
    std::optional<error> why_;
    std::vector<std::thread> threads_;
};

class partner_worker {
 public:
    partner_worker(const config::settings& with, const config::tenant& who, const partners::partner& whom, ledger::store& books,
                   const dispatch::options& how, partner_board& board, std::stop_token stop)
        : with_(with),
          who_(who),
          whom_(whom),
          books_(books),
          how_(how),
          board_(board),
          stop_(std::move(stop)),
          agenda_(whom, now(), how.random) {}

    result<void> run() {
        std::vector<std::filesystem::path> outboxes;
        for (const partners::send_rule& each : whom_.sends)
            outboxes.push_back(each.outbox);
        return filedrop::watch(outboxes, stop_, [this] {
            visit();
            const auto until = std::chrono::duration_cast<milliseconds>(agenda_.next() - now());
            return whom_.sends.empty() ? until : std::min(until, with_.watch.rescan);
        });
    }

 private:
    [[nodiscard]] moment now() const { return moment(milliseconds(how_.base.time->now())); }

    // What was laid into an outbox is queued even while the partner rests: its time counts from then.
    void visit() {
        const moment begun = now();
        visit_end queued = visit_end::nothing_to_do;
        dispatch::dispatch_report sent;  // told in the log
        if (!whom_.sends.empty()) queued = dispatch::queue_for(with_, who_, whom_, books_, how_, sent);
        if (agenda_.rests(begun)) return;
        const visit_end end = queued == visit_end::not_now ? queued : exchange(begun, sent);
        tell(end);
        if (end == visit_end::not_now || end == visit_end::not_reached) return agenda_.not_done(now());
        std::optional<moment> queue;
        if (sent.next_due) queue = moment(milliseconds(*sent.next_due));
        agenda_.done(queue);
    }

    // Sends first: a folder that cannot be fetched from keeps no payment.
    visit_end exchange(moment begun, dispatch::dispatch_report& sent) {
        visit_end end = visit_end::nothing_to_do;
        if (!whom_.sends.empty()) end = dispatch::send_to(with_, who_, whom_, books_, how_, stop_, sent);
        const auto folders = agenda_.due(begun);
        if (folders.empty() || end == visit_end::not_now || end == visit_end::not_reached) return end;
        intake::day_report fetched;  // told in the log
        const auto visit = intake::fetch_from(who_, whom_, folders, books_, how_.base, how_.connect, stop_, fetched);
        agenda_.looked(visit.looks, begun);
        for (const intake::folder_look& each : visit.looks) {
            const auto rule = static_cast<std::size_t>(each.folder - whom_.fetches.data());
            board_.looked(who_.id, whom_.id, {each.folder->folder, rule}, each.end != intake::look_end::failed, now());
        }
        return visit.end;
    }

    void tell(visit_end end) {
        switch (end) {
            case visit_end::nothing_to_do:
                return board_.not_needed(who_.id, whom_.id);
            case visit_end::done:
                return board_.reached(who_.id, whom_.id, now());
            case visit_end::not_reached:
                if (!stop_.stop_requested()) board_.missed(who_.id, whom_.id, now());  // what our stop cut is no miss
                return;
            case visit_end::not_now:
                return;
        }
    }

    const config::settings& with_;
    const config::tenant& who_;
    const partners::partner& whom_;
    ledger::store& books_;
    const dispatch::options& how_;
    partner_board& board_;
    std::stop_token stop_;
    agenda agenda_;
};

}  // namespace

result<void> run(const config::settings& with, ledger::store& books, const dispatch::options& given, memory& knows,
                 std::stop_token stop) {
    crew workers(std::move(stop));
    dispatch::options how = given;
    dispatch::day_memory days;
    how.days = &days;
    if (!how.base.sleep) how.base.sleep = [token = workers.token()](milliseconds time) { sleep(time, token); };
    intake::intake_runner runner(with, books, how.base);
    retention_worker nights(with, books, how.base, knows.removed);
    monitor watches(with, books, how, knows);
    if (knows.metrics) workers.add([&] { return knows.metrics->wait(workers.token()); });
    for (std::size_t channel = 0; channel < knows.desk.channels(); ++channel)
        workers.add([&, channel]() -> result<void> {
            knows.desk.serve(channel, workers.token());
            return {};
        });
    workers.add([&] { return runner.run(workers.token(), [](const intake::day_report&) {}); });
    workers.add([&] { return watches.run(workers.token()); });
    if (!with.retention.empty()) workers.add([&] { return nights.run(workers.token()); });
    for (const config::tenant& who : with.tenants)
        for (const partners::partner& whom : who.partners)
            workers.add([&] { return partner_worker(with, who, whom, books, how, knows.board, workers.token()).run(); });
    return workers.wait();
}

}  // namespace brygga::service
