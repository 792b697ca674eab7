package io.raddle.yarn.master;

import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.EndpointAddress;
import io.raddle.wire.Secret;
import io.raddle.yarn.launch.ExecutorLaunch;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterResponse;
import org.apache.hadoop.yarn.client.ClientRMProxy;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** YARN's real daemons. The connection to the ResourceManager is prepared on a thread of its own, for it loads much. */
final class Daemons implements YarnAccess {
    private final MasterContainer me;
    private final ApplicationSpec spec;
    private final Secret root;
    private final Map<String, String> overrides;
    private final CompletableFuture<Configuration> configuration = new CompletableFuture<>();
    private final CompletableFuture<ApplicationMasterProtocol> resourceManager = new CompletableFuture<>();

    /** {@code overrides} are entries of Hadoop's configuration that prevail over the cluster's. */
    Daemons(MasterContainer me, ApplicationSpec spec, Secret root, Map<String, String> overrides) {
        this.me = me;
        this.spec = spec;
        this.root = root;
        this.overrides = overrides;
    }

    /** Begins to connect. */
    void dial() {
        Thread thread = new Thread(this::connect, "raddle-dial");
        thread.setDaemon(true);
        thread.start();
    }

    private void connect() {
        try {
            YarnConfiguration hadoop = new YarnConfiguration();
            hadoop.addResource(spec.getHadoopConfiguration().newInput(), "application");
            overrides.forEach(hadoop::set);
            UserGroupInformation.setConfiguration(hadoop);
            configuration.complete(hadoop);
            resourceManager.complete(ClientRMProxy.createRMProxy(hadoop, ApplicationMasterProtocol.class));
        } catch (IOException | RuntimeException e) {
            configuration.completeExceptionally(e);
            resourceManager.completeExceptionally(e);
        }
    }

    /** Hadoop's configuration for this application; waits until it is read. */
    Configuration configuration() {
        return configuration.join();
    }

    @Override
    public ApplicationMasterProtocol resourceManager() throws IOException {
        try {
            return resourceManager.get();
        } catch (ExecutionException e) {
            throw new IOException("the ResourceManager cannot be reached", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public Launching nodeManagers(RegisterApplicationMasterResponse registration, int endpointPort) {
        EndpointAddress endpoint = EndpointAddress.newBuilder()
                .setAttempt(me.attempt())
                .setHost(me.host())
                .setPort(endpointPort)
                .build();
        return new ContainerLauncher(
                configuration(),
                () -> new ExecutorLaunch(
                        me.application(), spec, endpoint, credentials(), root, registration.getApplicationACLs()));
    }

    private static Credentials credentials() {
        try {
            return UserGroupInformation.getCurrentUser().getCredentials();
        } catch (IOException e) {
            throw new IllegalStateException("the user is known since the master registered", e);
        }
    }

    @Override
    public WaitingLine.Probing probe(String queue) {
        return new ClusterProbe(configuration(), queue);
    }
}
