package io.raddle.yarn.launch;

/** Whether the NodeManager of a container runs the stock shuffle service. */
public enum ShuffleService {
    PRESENT,
    ABSENT
}
