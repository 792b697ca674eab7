package io.raddle.loader;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Loads an application. From the engine it shows what {@link EngineView} says, which comes before what the application
 * brings, and so does the JDK; all else comes from the application's jars or is absent, classes and resources alike.
 * Calls of System.exit in its classes end at its {@link ExitHandler}. Safe for all threads.
 */
public final class UserClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassLoader engine;
    /** Threads that user code starts inherit whom its exits concern. */
    private final ThreadLocal<ExitHandler> exits;

    private final List<ClassSource> sources;

    /** Loads from {@code jars}, which are jar files or directories of classes, first come first served. */
    public UserClassLoader(List<Path> jars, ClassLoader engine, ExitHandler exits) {
        super("application", urlsOf(jars), ClassLoader.getPlatformClassLoader());
        this.engine = engine;
        this.exits = new InheritableThreadLocal<>() {
            @Override
            protected ExitHandler initialValue() {
                return exits;
            }
        };
        this.sources = jars.stream().map(ClassSource::of).toList();
    }

    /**
     * Runs user code on this thread with this loader as the thread's context, where exits of this thread, and of those
     * that it starts, concern {@code whom} instead of the host.
     */
    public <T> T call(Callable<T> code, ExitHandler whom) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader contextBefore = thread.getContextClassLoader();
        ExitHandler before = exits.get();
        thread.setContextClassLoader(this);
        exits.set(whom);
        try {
            return code.call();
        } finally {
            exits.set(before);
            thread.setContextClassLoader(contextBefore);
        }
    }

    /** Whom an exit on the calling thread concerns. */
    ExitHandler exits() {
        return exits.get();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = ofEngine(name);
            }
            if (loaded == null) {
                loaded = findClass(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private @Nullable Class<?> ofEngine(String name) {
        boolean shown = EngineView.showsClass(name);
        if (!shown && !EngineView.mayBeJdk(name)) {
            return null;
        }
        try {
            Class<?> found = engine.loadClass(name);
            return shown || found.getModule().isNamed() ? found : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try {
            for (ClassSource source : sources) {
                byte[] bytes = source.read(file);
                if (bytes != null) {
                    definePackageOf(name, source);
                    return define(name, bytes, source.url());
                }
            }
            URL elsewhere = findResource(file);
            if (elsewhere != null) {
                return define(name, read(elsewhere), elsewhere);
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, byte[] bytes, URL source) {
        byte[] code = ExitRewriter.rewrite(bytes);
        return defineClass(name, code, 0, code.length, new CodeSource(source, (Certificate[]) null));
    }

    private void definePackageOf(String className, ClassSource source) throws IOException {
        int dot = className.lastIndexOf('.');
        String name = dot < 0 ? "" : className.substring(0, dot);
        if (dot < 0 || getDefinedPackage(name) != null) {
            return;
        }
        try {
            definePackage(name, source.manifest(), source.url());
        } catch (IllegalArgumentException e) {
            // Another thread was first, or else this is another problem.
            if (getDefinedPackage(name) == null) {
                throw e;
            }
        }
    }

    /** For jars that the manifest of another names as its Class-Path. */
    private static byte[] read(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL found = getParent().getResource(name);
        if (found == null && EngineView.showsResource(name)) {
            found = engine.getResource(name);
        }
        return found == null ? findResource(name) : found;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        if (EngineView.showsResource(name)) {
            found.addAll(Collections.list(engine.getResources(name)));
        } else {
            found.addAll(Collections.list(getParent().getResources(name)));
        }
        found.addAll(Collections.list(findResources(name)));
        return Collections.enumeration(found);
    }

    /** Closes the jars; classes that are already loaded go on working. */
    @Override
    public void close() throws IOException {
        try {
            for (ClassSource source : sources) {
                source.close();
            }
        } finally {
            super.close();
        }
    }

    private static URL[] urlsOf(List<Path> jars) {
        return jars.stream().map(UserClassLoader::urlOf).toArray(URL[]::new);
    }

    /** Where a jar or a directory of classes is. */
    public static URL urlOf(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
