// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of one watch: the first byte chooses the kind, each line of the rest is a frame.
#include "informerinput.h"

using namespace kdra;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size < 1)
        return 0;
    const auto strings = std::make_shared<StringPool>();
    const auto informer = store::Informer::create(fuzz::kindOf(data[0]), *strings);
    std::string_view rest(reinterpret_cast<const char *>(data) + 1, size - 1);
    informer->beginList();
    while (!rest.empty()) {
        const size_t end = rest.find('\n');
        const std::string frame = fuzz::padded(rest.substr(0, end));
        informer->applyEvent(fuzz::view(frame));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    fuzz::publish(*informer, strings);
    return 0;
}
