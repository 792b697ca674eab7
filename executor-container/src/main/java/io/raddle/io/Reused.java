package io.raddle.io;

/** Whether who hands a Writable out fills the same object again for the next record. */
enum Reused {
    YES,
    NO
}
