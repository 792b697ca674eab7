package io.raddle.cluster;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;

/**
 * The same daemons as in processes, each on a thread of one JVM with its own configuration. They are those that
 * hadoop-minicluster brings, without its wrappers: those sleep while they start, switch the memory check off and pass
 * heartbeats around RPC.
 */
final class AllDaemons {
    private AllDaemons() {}

    public static void main(String[] arguments) throws MalformedURLException {
        Layout layout = new Layout(Path.of(System.getProperty(DaemonMain.DIRECTORY)));
        DefaultMetricsSystem.setMiniClusterMode(true);
        for (Daemon daemon : Daemon.apart(Integer.parseInt(arguments[0]))) {
            ClassLoader classes = needsOwnClasses(daemon) ? ownClasses() : AllDaemons.class.getClassLoader();
            Runnable run = () -> DaemonMain.run(classes, daemon.confPath(layout), daemon.mainClass(), new String[0]);
            new Thread(run, daemon.name()).start();
        }
    }

    /**
     * YARN's web pages stand on a static in Guice: of two daemons that share classes, the pages of one answer 404, or are
     * the other's. Until Hadoop 3.4 those of HDFS do too, by Jersey 1.
     */
    private static boolean needsOwnClasses(Daemon daemon) {
        boolean jersey1 = AllDaemons.class.getClassLoader().getResource("org/glassfish/jersey/server/ResourceConfig.class")
                == null;
        return jersey1 || daemon.nodeManager() > 0;
    }

    private static ClassLoader ownClasses() throws MalformedURLException {
        List<URL> jars = new ArrayList<>();
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            jars.add(Path.of(jar).toUri().toURL());
        }
        return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
