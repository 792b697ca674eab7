package io.raddle.shuffle;

/** Lets a checked exception of a user's function pass an iterator, which may declare none, as what it is. */
final class Rethrown {
    private Rethrown() {}

    static RuntimeException as(Exception e) {
        return Rethrown.<RuntimeException>raise(e);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> RuntimeException raise(Exception e) throws E {
        throw (E) e;
    }
}
