package io.raddle.loader;

import io.raddle.snippet.Homed;
import io.raddle.snippet.SnippetHome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads the classes of one prompt, which grow by each line and never change: what is defined anew has another name. All
 * else comes from the application's loader. Safe for all threads.
 */
public final class SnippetClassLoader extends ClassLoader implements Homed {
    static {
        registerAsParallelCapable();
    }

    /** The package that JShell puts its classes into. */
    private static final String PREFIX = "REPL.";

    private final Optional<SnippetHome> home;
    private final Map<String, byte[]> classFiles = new ConcurrentHashMap<>();

    /** Of a prompt whose variables live at {@code home}. */
    public SnippetClassLoader(ClassLoader application, Optional<SnippetHome> home) {
        super("snippets", application);
        this.home = home;
    }

    @Override
    public Optional<SnippetHome> home() {
        return home;
    }

    /** Makes class files known, by class name; of one that is known the first counts. */
    public void add(Map<String, byte[]> files) {
        files.forEach(classFiles::putIfAbsent);
    }

    /** Runs code as {@link UserClassLoader#call} does where the application has such a loader. */
    public <T> T call(Callable<T> code, ExitHandler whom) throws Exception {
        Callable<T> here = () -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(this);
            try {
                return code.call();
            } finally {
                thread.setContextClassLoader(before);
            }
        };
        Optional<UserClassLoader> user = user();
        return user.isPresent() ? user.get().call(here, whom) : here.call();
    }

    Optional<UserClassLoader> user() {
        return Optional.ofNullable(getParent())
                .filter(UserClassLoader.class::isInstance)
                .map(UserClassLoader.class::cast);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PREFIX)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] file = classFiles.get(name);
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] code = user().isPresent() ? ExitRewriter.rewrite(file) : file;
        return defineClass(name, code, 0, code.length);
    }
}
