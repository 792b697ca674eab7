package io.raddle.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The main class of every process of the cluster: ties the daemon's life to the starter until the start is complete,
 * and to the supervised process after that, then runs the daemon. Configuration comes by the context class loader,
 * because a directory on the class path would forbid the shared archive of classes.
 */
final class DaemonMain {
    static final String DIRECTORY = "raddle.cluster.dir";
    static final String STARTER = "raddle.cluster.starter";
    static final String SUPERVISED = "raddle.cluster.supervised";
    static final String DELETE_DATA = "raddle.cluster.delete.data";
    static final String CONF = "raddle.cluster.conf";

    private static final int CONTAINERS_SECONDS = 10;
    private static final int DELETE_ROUNDS = 20;

    private DaemonMain() {}

    public static void main(String[] arguments) {
        Layout layout = new Layout(Path.of(System.getProperty(DIRECTORY)));
        onEndOf(Long.getLong(STARTER, 0), () -> {
            if (!Files.exists(layout.ready())) {
                die();
            }
        });
        onEndOf(Long.getLong(SUPERVISED, 0), () -> {
            if (Boolean.getBoolean(DELETE_DATA)) {
                endContainers();
                delete(layout.root());
            }
            die();
        });
        String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
        run(DaemonMain.class.getClassLoader(), System.getProperty(CONF), arguments[0], own);
    }

    /** Runs a daemon on this thread; its failure to start ends the process. */
    static void run(ClassLoader classes, String confPath, String mainClass, String[] arguments) {
        try {
            Thread.currentThread().setContextClassLoader(new ConfLoader(confPath, classes));
            Class.forName(mainClass, true, classes)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (ReflectiveOperationException | MalformedURLException e) {
            e.printStackTrace(); // into the daemon's log
            Runtime.getRuntime().halt(1);
        }
    }

    private static void onEndOf(long pid, Runnable action) {
        if (pid != 0) {
            ProcessHandle.of(pid).ifPresentOrElse(handle -> handle.onExit().thenRun(action), action);
        }
    }

    /** Containers first: nobody is left to end them afterwards. */
    private static void die() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(1);
    }

    private static void endContainers() {
        CompletableFuture<?>[] ends = ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::destroyForcibly)
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, CONTAINERS_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** The daemons of this process still write: what comes back is deleted again. */
    private static void delete(Path root) {
        for (int round = 0; round < DELETE_ROUNDS && Files.exists(root); round++) {
            try {
                Layout.delete(root);
            } catch (IOException | UncheckedIOException e) {
                System.err.println("Round " + round + " did not delete " + root + ": " + e);
            }
        }
    }

    /** Finds resources in directories first, classes only in the parent. */
    private static final class ConfLoader extends URLClassLoader {
        ConfLoader(String directories, ClassLoader parent) throws MalformedURLException {
            super(new URL[0], parent);
            for (String directory : directories.split(File.pathSeparator)) {
                addURL(Path.of(directory).toUri().toURL());
            }
        }

        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }
    }
}
