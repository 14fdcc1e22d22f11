// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"

namespace kdra::demo::reviews {

// SelfSubjectAccessReview, SubjectAccessReview, SelfSubjectRulesReview, SelfSubjectReview, TokenReview: questions that
// are answered and not stored. nullopt when the request is none of them.
std::optional<ApiResult<ApiResponse>> answer(const ApiRequest &request);

} // namespace kdra::demo::reviews
