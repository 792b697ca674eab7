package io.raddle.yarn.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the processes of an application had resident at most, in MiB. */
record Resident(long driver, long master, long executors) {
    private static final String MASTER = "io.raddle.yarn.master.ApplicationMasterMain";
    private static final String EXECUTOR = "io.raddle.executor.ExecutorMain";

    /** Of those that run now beside this driver; {@code application} tells them from others. */
    static Resident of(String application) throws IOException {
        return new Resident(
                peak(ProcessHandle.current().pid()), most(application, MASTER), most(application, EXECUTOR));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "driver %d MiB, master %d MiB, an executor %d MiB", driver, master, executors);
    }

    private static long most(String application, String main) throws IOException {
        long most = 0;
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (commandLine(process.pid()).contains(main) && commandLine(process.pid()).contains(application)) {
                most = Math.max(most, peak(process.pid()));
            }
        }
        return most;
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return ""; // It has ended.
        }
    }

    private static long peak(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                >> 10;
    }
}
