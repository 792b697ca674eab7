/** What a process is for. */
enum Role {
    CLIENT,
    DRIVER,
    EXECUTOR
}
