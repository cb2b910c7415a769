-- SPDX-License-Identifier: MIT
-- Version 10: cases by what happened last (sort:newest). What a query tests is in the index, so that walking
-- past closed cases reads no case.

CREATE INDEX cases_newest ON cases (latest, id, open, platform, status, kind, lang, person, currency, minor);
