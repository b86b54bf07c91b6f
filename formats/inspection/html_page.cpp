#include "formats/inspection/html_page.hpp"

#include <fmt/format.h>

#include "formats/inspection/printable.hpp"

namespace brygga::inspection {

std::string html_head(std::string_view title, std::string_view style) {
    return fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<style>
{}</style>
</head>
<body>
)",
                       html_escaped(title), style);
}

}  // namespace brygga::inspection
