// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

// The names by which environments are known in a cluster.
namespace kdra::environments {

inline constexpr QLatin1StringView Manager("kdra"); // field manager of server-side apply, app.kubernetes.io/managed-by
inline constexpr QLatin1StringView ManagedByLabel("app.kubernetes.io/managed-by");
inline constexpr QLatin1StringView EnvironmentLabel("kdra.dev/environment"); // its name, on everything of it
inline constexpr QLatin1StringView OwnerLabel("kdra.dev/owner");
inline constexpr QLatin1StringView PartLabel("kdra.dev/part"); // name of the part, on everything that was added later
inline constexpr QLatin1StringView TemplateLabel("kdra.dev/template"); // "true" on ConfigMaps that hold a template

// KEP-3659 (kubectl apply --prune --applyset).
inline constexpr QLatin1StringView ApplySetIdLabel("applyset.kubernetes.io/id"); // on the parent
inline constexpr QLatin1StringView PartOfLabel("applyset.kubernetes.io/part-of"); // on members: the id
inline constexpr QLatin1StringView ToolingAnnotation("applyset.kubernetes.io/tooling");
inline constexpr QLatin1StringView GroupKindsAnnotation("applyset.kubernetes.io/contains-group-kinds");
inline constexpr QLatin1StringView Tooling("kdra/v1");

// kube-janitor's convention.
inline constexpr QLatin1StringView TimeToLiveAnnotation("janitor/ttl");

// On the parent: how far it is ("applying", "changing", "applied", "deleting"), the hash of its plan, and the replicas
// of what is paused as a JSON object.
inline constexpr QLatin1StringView PhaseAnnotation("kdra.dev/phase");
inline constexpr QLatin1StringView PhaseTimeAnnotation("kdra.dev/phase-time"); // RFC 3339: phasetime.h
inline constexpr QLatin1StringView PlanAnnotation("kdra.dev/plan");
inline constexpr QLatin1StringView PausedAnnotation("kdra.dev/paused");
// On a namespace that was made for an environment, until there is a parent: what the parent would hold.
inline constexpr QLatin1StringView SpecAnnotation("kdra.dev/environment-spec");

// Keys of the parent's data and binaryData.
inline constexpr QLatin1StringView SpecKey("environment.json");
inline constexpr QLatin1StringView TemplateKey("template"); // of a part: "template.NAME"
// While the environment is being changed: what SpecKey held before.
inline constexpr QLatin1StringView FormerSpecKey("former-environment.json");

} // namespace kdra::environments
