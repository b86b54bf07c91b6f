#include "connectors/service/exposition.hpp"

#include <fmt/format.h>

namespace brygga::service {

namespace {

constexpr std::int64_t ms_per_second = 1000;

void append_value(std::string& to, std::string_view value) {
    for (const char c : value)
        if (c == '\n')
            to += "\\n";
        else if (c == '"' || c == '\\')
            to.append({'\\', c});
        else
            to += c;
}

}  // namespace

void exposition::family(std::string_view name, metric_kind kind, std::string_view help) {
    name_ = name;
    text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, kind == metric_kind::counter ? "counter" : "gauge");
}

void exposition::begin(labels of) {
    text_ += name_;
    char before = '{';
    for (const auto& [label, value] : of) {
        text_ += fmt::format("{}{}=\"", before, label);
        append_value(text_, value);
        text_ += '"';
        before = ',';
    }
    if (of.size() != 0) text_ += '}';
}

void exposition::sample(labels of, std::int64_t value) {
    begin(of);
    text_ += fmt::format(" {}\n", value);
}

void exposition::moment(labels of, std::int64_t since_1970_ms) {
    begin(of);
    text_ += fmt::format(" {}.{:03}\n", since_1970_ms / ms_per_second, since_1970_ms % ms_per_second);
}

}  // namespace brygga::service
