import { xabberScenarios } from './xabber.js';

xabberScenarios('Prosody');
