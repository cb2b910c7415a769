-- SPDX-License-Identifier: MIT
-- Version 11: where a buyer wants answers sent, if not to the sender: the Reply-To of plain mail.

ALTER TABLE messages ADD COLUMN reply_to TEXT; -- a plain address; NULL: to the sender
