// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/result.h"

namespace kdra {

QString Error::text() const
{
    QString text = what;
    if (!where.isEmpty())
        text += QStringLiteral(" (") + where + QLatin1Char(')');
    if (!remedy.isEmpty()) {
        if (!text.endsWith(QLatin1Char('.')))
            text += QLatin1Char('.');
        text += QLatin1Char(' ') + remedy;
    }
    return text;
}

Error::Kind errorKindOf(int httpStatus)
{
    switch (httpStatus) {
    case 401:
        return Error::Kind::Authentication;
    case 403:
        return Error::Kind::Forbidden;
    case 404:
        return Error::Kind::NotFound;
    case 408:
    case 504:
        return Error::Kind::Timeout;
    case 409:
        return Error::Kind::Conflict;
    case 410:
        return Error::Kind::Gone;
    case 429:
        return Error::Kind::Throttled;
    default:
        break;
    }
    return httpStatus >= 500 ? Error::Kind::Server : httpStatus >= 400 ? Error::Kind::Invalid : Error::Kind::Protocol;
}

} // namespace kdra
