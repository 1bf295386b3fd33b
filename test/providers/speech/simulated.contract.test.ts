import { createSimulatedSpeech } from '../../../providers/speech/simulated.ts';
import { speechProviderContract } from '../../contract/speech-provider.ts';

speechProviderContract('simulated', { makeProvider: async () => createSimulatedSpeech() });
