/** What is done to a process of a job. */
enum Fault {
    /** An executor is gone at once, with what it kept and wrote. */
    EXECUTOR_KILLED,
    /** An executor stands still for longer than it takes to be given up, then goes on. */
    EXECUTOR_FROZEN,
    /** The application master is gone at once; the driver elsewhere goes on with the next. Only of client mode. */
    MASTER_KILLED;

    /** The main class of the process. */
    String victim() {
        return this == MASTER_KILLED ? "ApplicationMasterMain" : "ExecutorMain";
    }
}
