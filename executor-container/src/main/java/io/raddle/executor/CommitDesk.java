package io.raddle.executor;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.AttemptId;
import io.raddle.id.AttemptIdCodec;
import io.raddle.proto.CommitAnswer;
import io.raddle.proto.CommitRequest;
import io.raddle.proto.ExecutorMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Where attempts ask whether they may publish their output and wait for the answer, however often the driver is away. */
final class CommitDesk {
    private final Conversation conversation;
    private final ConcurrentHashMap<AttemptId, Request> waiting = new ConcurrentHashMap<>();

    private record Request(CommitRequest message, CompletableFuture<Boolean> answer) {}

    CommitDesk(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Returns when the attempt may publish; throws when another one does. */
    void ask(AttemptId id, io.raddle.proto.AttemptId attempt) throws InterruptedException {
        Request request =
                new Request(CommitRequest.newBuilder().setAttempt(attempt).build(), new CompletableFuture<>());
        waiting.put(id, request);
        try {
            say(request);
            if (!request.answer().get()) {
                throw new RaddleException(new Cause.CommitDenied("the driver gave the right to another attempt."));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("answers are never exceptions", e);
        } finally {
            waiting.remove(id);
        }
    }

    /** Asks again whatever is not answered: a driver may have forgotten. */
    void askAgain() {
        waiting.values().forEach(this::say);
    }

    void answered(CommitAnswer answer) {
        Request request = waiting.get(AttemptIdCodec.decode(answer.getAttempt()));
        if (request != null) {
            request.answer().complete(answer.getGranted());
        }
    }

    private void say(Request request) {
        conversation.say(
                ExecutorMessage.newBuilder().setCommitRequest(request.message()).build());
    }
}
