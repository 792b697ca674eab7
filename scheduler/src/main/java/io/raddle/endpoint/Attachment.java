package io.raddle.endpoint;

import io.raddle.id.ExecutorId;

/** One stream of one executor process; {@code number} grows with every attach, so a late event of an old one shows. */
public record Attachment(ExecutorId executor, long incarnation, long number) {}
