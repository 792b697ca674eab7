package io.raddle.yarn.launch;

import io.raddle.wire.Secret;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.security.token.TokenIdentifier;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/**
 * Who sees which secret: the root stands in the master's credentials only, executors get {@code executor} and
 * {@code shuffle}, and a NodeManager's shuffle service gets {@code shuffle}. All travel as Hadoop credentials and
 * service data, never on a command line or in an environment.
 */
public final class ContainerSecrets {
    /** The stock shuffle service of NodeManagers. */
    public static final String SHUFFLE_SERVICE = "mapreduce_shuffle";

    private static final Text ROOT = new Text("raddle.root");
    private static final Text EXECUTOR = new Text("raddle.executor");
    private static final Text SHUFFLE = new Text("raddle.shuffle");
    private static final Text AMRM_TOKEN = new Text("YARN_AM_RM_TOKEN");

    private ContainerSecrets() {}

    /** The credentials of the master: these tokens and the root secret. */
    public static Credentials forMaster(Credentials tokens, Secret root) {
        Credentials credentials = new Credentials(tokens);
        credentials.addSecretKey(ROOT, root.bytes());
        return credentials;
    }

    /** The root secret that {@link #forMaster} put there. */
    public static Optional<Secret> root(Credentials ofMaster) {
        return Optional.ofNullable(ofMaster.getSecretKey(ROOT)).map(Secret::of);
    }

    /** The credentials of an executor: what it needs of the master's, with secrets derived from the root. */
    public static Credentials forExecutor(Credentials ofMaster, Secret root) {
        Credentials credentials = new Credentials();
        for (Map.Entry<Text, Token<? extends TokenIdentifier>> token :
                ofMaster.getTokenMap().entrySet()) {
            if (!token.getValue().getKind().equals(AMRM_TOKEN)) {
                credentials.addToken(token.getKey(), token.getValue());
            }
        }
        credentials.addSecretKey(EXECUTOR, root.derive(Secret.EXECUTOR).bytes());
        credentials.addSecretKey(SHUFFLE, root.derive(Secret.SHUFFLE).bytes());
        return credentials;
    }

    /** Credentials as a launch context takes them. */
    public static ByteBuffer serialized(Credentials credentials) {
        return written(credentials::writeTokenStorageToStream);
    }

    /** What tells a NodeManager's shuffle service the secret of an application: a token of MapReduce's kind. */
    static ByteBuffer shuffleServiceData(ApplicationId application, Secret root) {
        String job = application.toString().replace(ApplicationId.appIdStrPrefix, "job");
        byte[] identifier = bytes(written(new Text(job)::write));
        Token<TokenIdentifier> token =
                new Token<>(identifier, root.derive(Secret.SHUFFLE).bytes(), new Text("mapreduce.job"), new Text(""));
        return written(token::write);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static ByteBuffer written(Writing content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /** Something that writes itself. */
    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }
}
