package io.raddle.yarn.shell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/** Runs the lines of a prompt in this process, on the thread that evaluates them. */
final class PromptControl implements ExecutionControl {
    private final Snippets snippets;
    private final ValueText text;
    private volatile Optional<Throwable> thrown = Optional.empty();

    PromptControl(Snippets snippets, ValueText text) {
        this.snippets = snippets;
        this.text = text;
    }

    /** What the last line ended in, when it failed. */
    Optional<Throwable> thrown() {
        return thrown;
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        boolean[] installed = new boolean[classes.length];
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (ClassBytecodes each : classes) {
            files.put(each.name(), each.bytecodes());
        }
        try {
            snippets.define(files);
            for (int i = 0; i < classes.length; i++) {
                snippets.loader().loadClass(classes[i].name());
                installed[i] = true;
            }
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ClassInstallException(e.toString(), installed);
        }
    }

    @Override
    public void redefine(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException {
        if (classes.length != 1 || !snippets.redefine(classes[0].name(), classes[0].bytecodes())) {
            throw new NotImplementedException("classes that are defined anew get other names");
        }
    }

    @Override
    public String invoke(String className, String methodName) throws RunException, InternalException {
        thrown = Optional.empty();
        try {
            Method method = snippets.body(className).getDeclaredMethod(methodName);
            method.setAccessible(true);
            return text.of(call(method));
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            thrown = Optional.of(cause);
            throw failed(cause);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InternalException(e.toString());
        }
    }

    private @Nullable Object call(Method method) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(snippets.loader());
        try {
            return method.invoke(null);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static RunException failed(Throwable cause) {
        if (cause instanceof SPIResolutionException unresolved) {
            return new ResolutionException(unresolved.id(), unresolved.getStackTrace());
        }
        return new UserException(
                String.valueOf(cause.getMessage()), cause.getClass().getName(), cause.getStackTrace());
    }

    @Override
    public String varValue(String className, String name) {
        return text.of(snippets.valueOf(new Variable(className.replace('.', '/'), name)));
    }

    @Override
    public void addToClasspath(String path) throws NotImplementedException {
        throw new NotImplementedException("jars are given when the shell starts");
    }

    @Override
    public void stop() {}

    @Override
    public Object extensionCommand(String command, Object argument) throws NotImplementedException {
        throw new NotImplementedException(command);
    }

    @Override
    public void close() {}
}
