package io.raddle.yarn.client;

import com.google.protobuf.ByteString;
import io.raddle.config.Keys;
import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.Artifact;
import io.raddle.proto.Resource;
import io.raddle.wire.Protocol;
import io.raddle.wire.Secret;
import io.raddle.wire.Sha256;
import io.raddle.yarn.client.program.JdkArchive;
import io.raddle.yarn.client.program.Program;
import io.raddle.yarn.client.stage.ClusterCache;
import io.raddle.yarn.client.stage.Engine;
import io.raddle.yarn.client.stage.StagingDirectory;
import io.raddle.yarn.launch.MasterLaunch;
import io.raddle.yarn.launch.OwnLinks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/** What travels with one application: puts it into the cluster's file system and writes down where it is. */
final class Luggage {
    private final Request request;
    private final Program program;
    private final Engine engine;
    private final AtOnce threads;
    private final List<Resource> own = new ArrayList<>();

    Luggage(Request request, Program program, Engine engine, AtOnce threads) {
        this.request = request;
        this.program = program;
        this.engine = engine;
        this.threads = threads;
    }

    /** What only the master gets; complete after {@link #stage}. */
    List<Resource> own() {
        return List.copyOf(own);
    }

    ApplicationSpec stage(
            ClusterCache cache, StagingDirectory staging, Secret root, byte[] hadoopConfiguration, String user)
            throws IOException {
        Future<Resource> engineFile = threads.start(() -> cache.publish(engine));
        Future<Resource> secret = threads.start(() -> staging.add(
                new ByteArrayInputStream(root.derive(Secret.CONTROL).bytes()),
                StagingDirectory.CONTROL,
                Resource.Type.FILE,
                StagingDirectory.CONTROL));
        List<Future<Resource>> shipments = shipments(staging);
        ApplicationSpec.Builder spec = described(staging, user)
                .setHadoopConfiguration(ByteString.copyFrom(hadoopConfiguration))
                .addAllJars(request.drivenHere() ? List.of() : jars(staging));
        for (Future<Resource> shipment : shipments) {
            spec.addResources(AtOnce.get(shipment));
        }
        spec.addEngine(AtOnce.get(engineFile));
        withClassData(spec, cache, withJava(spec, cache));
        AtOnce.get(secret);
        ApplicationSpec complete = spec.build();
        own.add(staging.add(
                new ByteArrayInputStream(complete.toByteArray()),
                MasterLaunch.SPEC_LINK,
                Resource.Type.FILE,
                MasterLaunch.SPEC_LINK));
        return complete;
    }

    private ApplicationSpec.Builder described(StagingDirectory staging, String user) {
        return ApplicationSpec.newBuilder()
                .setProtocolVersion(Protocol.VERSION)
                .setName(name())
                .setUser(user)
                .setMainClass(program.mainClass())
                .addAllArguments(request.arguments())
                .putAllConfiguration(request.configuration().asMap())
                .setStagingDirectory(staging.path().toUri().toString())
                .setExecutors(request.configuration().get(Keys.EXECUTOR_INSTANCES))
                .setExecutorMemoryMib(request.executor().memoryMib())
                .setExecutorCores(request.executor().cores())
                .setDriverMemoryMib(request.driver().memoryMib())
                .setDriverCores(request.driver().cores())
                .addAllJavaOptions(request.javaOptions())
                .setMaxAttempts(request.maxAttempts())
                .setDetached(request.detach())
                .setDriverElsewhere(request.drivenHere())
                .setClassPath(Engine.CLASS_PATH);
    }

    private String name() {
        String given = request.configuration().get(Keys.APP_NAME);
        return given.isEmpty() ? program.mainClass() : given;
    }

    /** Jars are named by content, so two of the same file name do not meet. */
    private List<Artifact> jars(StagingDirectory staging) throws IOException {
        List<Future<Resource>> uploads = new ArrayList<>();
        List<Artifact> jars = new ArrayList<>();
        for (Path jar : program.jars()) {
            Sha256 content = Sha256.of(jar);
            String name = "jars/" + content.hex() + ".jar";
            Artifact artifact = Artifact.newBuilder()
                    .setSha256(content.bytes())
                    .setName(String.valueOf(jar.getFileName()))
                    .setSizeBytes(Files.size(jar))
                    .build();
            if (jars.stream().noneMatch(known -> known.getSha256().equals(artifact.getSha256()))) {
                uploads.add(threads.start(() -> staging.add(jar, name, Resource.Type.FILE, name)));
                jars.add(artifact);
            }
        }
        for (Future<Resource> upload : uploads) {
            own.add(AtOnce.get(upload));
        }
        return jars;
    }

    private List<Future<Resource>> shipments(StagingDirectory staging) {
        List<Future<Resource>> uploads = new ArrayList<>();
        request.files()
                .forEach(file -> uploads.add(threads.start(
                        () -> staging.add(file.file(), "files/" + file.link(), Resource.Type.FILE, file.link()))));
        request.archives()
                .forEach(archive -> uploads.add(threads.start(() -> staging.add(
                        archive.file(),
                        "archives/" + archive.link() + "/" + archive.file().getFileName(),
                        Resource.Type.ARCHIVE,
                        archive.link()))));
        return uploads;
    }

    /** The archive when there is one, and the place where the master puts the one that it makes when that is not its own. */
    private void withClassData(ApplicationSpec.Builder spec, ClusterCache cache, Optional<Sha256> jdk)
            throws IOException {
        String wish = request.configuration().get(Keys.CLASS_DATA);
        if (wish.equals("none")) {
            return;
        }
        String prefix = cache.classDataPrefix(engine, jdk);
        cache.classData(prefix).ifPresent(spec::addEngine);
        if (wish.equals("make")) {
            spec.setClassDataPrefix(prefix);
        }
    }

    /** The Java of the containers; the answer is the identity of one that is shipped. */
    private Optional<Sha256> withJava(ApplicationSpec.Builder spec, ClusterCache cache) throws IOException {
        Optional<Path> jdk = request.jdk();
        if (jdk.isEmpty()) {
            spec.setJava("{{JAVA_HOME}}/bin/java");
            return Optional.empty();
        }
        JdkArchive archive = JdkArchive.read(jdk.get());
        Sha256 content = Sha256.of(jdk.get());
        spec.setJava(OwnLinks.JDK + "/" + archive.java());
        spec.addEngine(cache.publish(jdk.get(), content, archive.suffix(), Resource.Type.ARCHIVE, OwnLinks.JDK));
        return Optional.of(content);
    }
}
