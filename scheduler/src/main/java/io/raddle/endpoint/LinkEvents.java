package io.raddle.endpoint;

import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.Hello;

/**
 * What a link tells the driver. Events of one attachment come in order, from any thread; frames come only as far as
 * credit was granted, so a listener may queue each without blocking.
 */
public interface LinkEvents {
    /** An executor attached; its first frame follows. An earlier attachment of the same executor is over. */
    void attached(Attachment attachment, Hello hello);

    /** A frame arrived. */
    void received(Attachment attachment, ExecutorFrame frame);

    /** The stream ended, whatever the reason; the executor may attach again. */
    void detached(Attachment attachment);

    /** Whoever carries the frames is out of reach, and with it all executors: their silence means nothing. */
    default void carrierLost() {}

    /** The carrier is back; executors attach anew. */
    default void carrierBack() {}
}
