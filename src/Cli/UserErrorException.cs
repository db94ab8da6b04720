namespace DerChain.Cli;

/// <summary>What a user asked for cannot be done. The message is all that is printed; the exit code is 2.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
