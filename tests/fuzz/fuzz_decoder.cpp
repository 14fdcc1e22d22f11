// SPDX-License-Identifier: GPL-3.0-or-later
// A page of a list of any kind: the first byte chooses the kind, the rest is the server's answer.
#include "informerinput.h"

using namespace kdra;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size < 1)
        return 0;
    const auto strings = std::make_shared<StringPool>();
    const auto informer = store::Informer::create(fuzz::kindOf(data[0]), *strings);
    const std::string page = fuzz::padded({reinterpret_cast<const char *>(data) + 1, size - 1});
    informer->beginList();
    informer->applyPage(fuzz::view(page));
    fuzz::publish(*informer, strings);
    return 0;
}
