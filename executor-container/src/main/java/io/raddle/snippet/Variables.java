package io.raddle.snippet;

/**
 * Where functions of a prompt find the prompt's variables: each lambda carries one of these, in the driver the one that
 * stands for the variables as they are, on an executor their values at the call that it was handed to.
 */
public interface Variables {}
