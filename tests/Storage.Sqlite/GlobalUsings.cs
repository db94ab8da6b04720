global using DerChain.Tests.Shared;
